// Reads a log's checkpoints and tiles with libraries that were not written here, and says what it verified.
//
// golang.org/x/mod/sumdb (note, tlog) is the Go checksum database's own client; github.com/transparency-dev/formats is what
// transparency logs and their witnesses share. Nothing here computes a hash or checks a signature by itself.
package main

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"time"

	formatslog "github.com/transparency-dev/formats/log"
	formatsnote "github.com/transparency-dev/formats/note"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const height = 8 // of a tile, as C2SP's tlog-tiles fixes it

// asked is what the test wants verified: from which address, in which names, with which keys, about which leaf.
type asked struct {
	Base    string `json:"base"`
	Origin  string `json:"origin"`
	Key     string `json:"key"`
	Witness string `json:"witness"`
	Index   int64  `json:"index"`
	Leaf    string `json:"leaf"`
}

// said is what came of it.
type said struct {
	Size       int64     `json:"size"`
	Older      []int64   `json:"older"`
	Cosigned   time.Time `json:"cosigned"`
	Extensions string    `json:"extensions"`
}

func main() {
	var question asked
	if err := json.NewDecoder(os.Stdin).Decode(&question); err != nil {
		fail(err)
	}
	answer, err := verify(question)
	if err != nil {
		fail(err)
	}
	if err := json.NewEncoder(os.Stdout).Encode(answer); err != nil {
		fail(err)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

func verify(question asked) (*said, error) {
	key, err := note.NewVerifier(question.Key)
	if err != nil {
		return nil, fmt.Errorf("the log's key: %w", err)
	}
	var witnesses []note.Verifier
	if question.Witness != "" {
		witness, err := formatsnote.NewVerifierForCosignatureV1(question.Witness)
		if err != nil {
			return nil, fmt.Errorf("the witness's key: %w", err)
		}
		witnesses = append(witnesses, witness)
	}
	raw, err := get(question.Base + "/checkpoint")
	if err != nil {
		return nil, err
	}
	newest, rest, signed, err := formatslog.ParseCheckpoint(raw, question.Origin, key, witnesses...)
	if err != nil {
		return nil, fmt.Errorf("the checkpoint: %w", err)
	}
	answer := &said{Size: int64(newest.Size), Extensions: string(rest)}
	if question.Witness != "" {
		if len(signed.Sigs) != 2 {
			return nil, errors.New("the checkpoint has no cosignature of the witness")
		}
		if answer.Cosigned, err = formatsnote.CoSigV1Timestamp(signed.Sigs[1]); err != nil {
			return nil, err
		}
	}
	tree := tlog.Tree{N: int64(newest.Size), Hash: tlog.Hash(newest.Hash)}
	hashes := tlog.TileHashReader(tree, tiles{question.Base})
	if err := included(question, tree, hashes); err != nil {
		return nil, err
	}
	answer.Older, err = grown(question, key, tree, hashes)
	return answer, err
}

// included proves from the tiles that the leaf is where the test says.
func included(question asked, tree tlog.Tree, hashes tlog.HashReader) error {
	leaf, err := hex.DecodeString(question.Leaf)
	if err != nil {
		return err
	}
	proof, err := tlog.ProveRecord(tree.N, question.Index, hashes)
	if err != nil {
		return fmt.Errorf("no inclusion proof can be made of the tiles: %w", err)
	}
	if err := tlog.CheckRecord(proof, tree.N, tree.Hash, question.Index, tlog.RecordHash(leaf)); err != nil {
		return fmt.Errorf("the record is not in the tree: %w", err)
	}
	return nil
}

// grown proves that every checkpoint that the log ever showed is the beginning of the newest.
func grown(question asked, key note.Verifier, tree tlog.Tree, hashes tlog.HashReader) ([]int64, error) {
	raw, err := get(question.Base + "/checkpoints")
	if err != nil {
		return nil, err
	}
	var every []string
	if err := json.Unmarshal(raw, &every); err != nil {
		return nil, err
	}
	var sizes []int64
	for _, one := range every {
		older, _, _, err := formatslog.ParseCheckpoint([]byte(one), question.Origin, key)
		if err != nil {
			return nil, fmt.Errorf("an older checkpoint: %w", err)
		}
		size := int64(older.Size)
		if size == tree.N {
			continue
		}
		proof, err := tlog.ProveTree(tree.N, size, hashes)
		if err != nil {
			return nil, fmt.Errorf("no consistency proof can be made of the tiles: %w", err)
		}
		if err := tlog.CheckTree(proof, tree.N, tree.Hash, size, tlog.Hash(older.Hash)); err != nil {
			return nil, fmt.Errorf("the log of %d is not the beginning of the log of %d: %w", size, tree.N, err)
		}
		sizes = append(sizes, size)
	}
	return sizes, nil
}

// tiles reads tiles over HTTP from the paths that C2SP's tlog-tiles gives them.
type tiles struct{ base string }

func (t tiles) Height() int { return height }

func (t tiles) SaveTiles([]tlog.Tile, [][]byte) {}

func (t tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	var found [][]byte
	for _, tile := range wanted {
		content, err := get(t.base + "/" + path(tile))
		if err != nil {
			return nil, err
		}
		found = append(found, content)
	}
	return found, nil
}

// path is tlog's own path of a tile without the height, which C2SP leaves out because it is always 8.
func path(tile tlog.Tile) string {
	own := tile.Path()
	return "tile/" + own[len("tile/"+strconv.Itoa(height)+"/"):]
}

func get(address string) ([]byte, error) {
	client := http.Client{Timeout: 20 * time.Second}
	response, err := client.Get(address)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: %s", address, response.Status)
	}
	return io.ReadAll(response.Body)
}
