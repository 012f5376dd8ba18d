"""The page of legal bases, made from the rules: `python -m services.sharing.rules.page >
docs/legal-bases.md`.
"""

from __future__ import annotations

from services.sharing.domain.bases import BasisRule, LegalBases, Who
from services.sharing.rules import legal_bases

WHO = {
    Who.MEMBER: "somebody in the case, for the agency that gives",
    Who.LEADER: "a leader of the agency that gives, who is not the one who asks",
    Who.ANYONE: "the person who has the duty, with nobody in between",
}
HEAD = """\
# Legal bases for giving information without consent

Made from `services/sharing/rules/bases_2026_1.toml`; do not edit by hand. Always recorded, each as a text
in the vault: the grounds, the necessity, what less intrusive was considered, the proportionality; who
asked, who decided, how and when it was given; and when the youth was told, or why not yet and when that is
looked at again; when the guardians were told, or why they are not; what is followed up and when, where
something is. Where somebody has said no to the same sharing, or taken back their yes, the giver says in
so many words why it is done all the same. Nothing here is legal advice; the last line of each basis says
what a lawyer must confirm.
"""


def page(bases: LegalBases) -> str:
    """The page as Markdown."""
    laws = [
        f"* `{name}`: {law.title}, {_dates(law.in_force_from, law.in_force_to)}"
        for name, law in bases.laws.items()
    ]
    parts = [
        HEAD,
        f"Version {bases.version}. What is opened here is opened for at most {bases.longest_days} days"
        f" ({bases.longest_days_source}); telling the youth is deferred for at most {bases.longest_deferral_days}"
        f" days at a time ({bases.longest_deferral_source}).\n",
        "## Laws\n",
        "\n".join(laws) + "\n",
        *(_basis(rule) for rule in bases.bases),
    ]
    return "\n".join(parts)


def _dates(begun: object, ended: object) -> str:
    return (
        "not in force yet" if begun is None else f"in force from {begun}" + (f" to {ended}" if ended else "")
    )


def _basis(rule: BasisRule) -> str:
    lines = [
        f"## {rule.code.value}\n",
        f"* provisions: {'; '.join(f'{law} {place}' for law, place in rule.provisions.items())}",
        f"* decided by: {WHO[rule.who]}",
        f"* opens content in the vault: {'yes' if rule.opens else 'no, it is given outside and noted'}",
    ]
    for title, values in (
        ("only these categories", rule.categories),
        ("only from", rule.givers),
        ("only to", rule.receivers),
        ("texts", rule.texts),
        ("persons", rule.persons),
    ):
        if values:
            lines.append(f"* {title}: {', '.join(values)}")
    lines += [f"* {name}: one of {', '.join(choices)}" for name, choices in rule.codes.items()]
    return "\n".join([*lines, f"* a lawyer must confirm: {rule.confirm}", ""])


if __name__ == "__main__":
    print(page(legal_bases()), end="")
