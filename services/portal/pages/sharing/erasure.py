"""The end of a case's content: reviewed, handed to the archive, proposed, approved by another, and the certificate."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
from fastapi import APIRouter
from starlette.responses import Response

from backbone.refusal import NotFound, Refused
from backbone.rows import Rows
from backbone.web import NO_SUCH_PAGE
from schemas.archive import CaseExportedToArchive
from schemas.codes import COORDINATORS, DECIDERS, Category, RetentionBasis, RetentionOutcome, Role
from schemas.correction import RegistrationRedacted
from schemas.retention import CaseArchived, CaseContentErased, ErasureProposed, RetentionReviewed
from services.portal.case_forms import BY_SLUG
from services.portal.command_form import Target, Who
from services.portal.domain.case_view import CaseView
from services.portal.forms import Form
from services.portal.page import Page, TheFields, ThePage
from services.portal.pages.sharing.asking import asked, lay
from services.portal.paper import on_paper, printed
from services.portal.rendering import actor_label
from services.portal.repository import VIEWS, Reach
from services.portal.texts import N_
from services.portal.told import Told, told_of, told_within
from services.portal.words import word

routes = APIRouter(include_in_schema=False)
MAY_LOOK = (*DECIDERS, Role.RECORDS_OWNER)
RECEIVERS = (*COORDINATORS, Role.RECORDS_OWNER)
HERE = "/saker/{case_id}/oppbevaring"


class MadePackage(msgspec.Struct, frozen=True, kw_only=True):
    """A package that was made for the archive, as the sharing service tells it."""

    sha256: str
    refs: tuple[str, ...] = ()


class Retention(msgspec.Struct, frozen=True, kw_only=True):
    """Where a case stands on its way out, as the sharing service tells it."""

    outcome: RetentionOutcome | None = None
    basis: RetentionBasis | None = None
    look_again_on: date | None = None
    packages: tuple[MadePackage, ...] = ()
    archived_on: date | None = None
    archived: MadePackage | None = None
    proposed_by: str | None = None
    approved_by: str | None = None
    erased_on: date | None = None


@routes.get(HERE)
def where_it_stands(page: ThePage, case_id: str) -> Response:
    """What has been decided, and what comes next."""
    return _page(page, page.case(case_id), page.form())


@routes.post(HERE + "/vurder")
def review(page: ThePage, case_id: str, fields: TheFields) -> Response:
    """Decide what becomes of the content."""
    view, form = page.case_for(Who.COORDINATOR, case_id), page.form(fields)
    outcome = form.choice("outcome", RetentionOutcome, N_("Velg hva som skal skje med innholdet."))
    body: dict[str, Any] = {
        "outcome": outcome,
        "basis": form.choice("basis", RetentionBasis, N_("Velg hva det bygger på.")),
    }
    if outcome is RetentionOutcome.KEEP:
        day = form.day("look_again_on", N_("Oppgi når det skal vurderes på nytt."))
        body["look_again_on"] = day.isoformat()
    return _ask(page, view, form, "retention/reviewed", body, note="vurdert")


@routes.post(HERE + "/arkivert")
def archived(page: ThePage, case_id: str, fields: TheFields) -> Response:
    """The archive has the case; its reference is laid in the vault until the content goes."""
    view, form = page.case(case_id), page.form(fields)
    page.person(*RECEIVERS)
    checksum = form.text("package_sha256", N_("Skriv sjekksummen som står i kvitteringen."), longest=200)
    reference = form.text("reference", N_("Skriv arkivets referanse."), longest=200)
    if not form.ok:
        return _page(page, view, form, status=422)
    try:
        ref = lay(page, view, form, "archive", reference, category=Category.CASE_STATUS)
    except Refused as error:
        form.refused(error)
        return _page(page, view, form, status=422)
    body = {
        "receipt_id": form.derived(page.person().person_id, "receipt"),
        "package_sha256": "".join(checksum.split()).lower(),
        "reference_ref": ref,
    }
    return _ask(page, view, form, "retention/archived", body, note="arkivert")


@routes.post(HERE + "/pakke")
def package(page: ThePage, case_id: str, fields: TheFields) -> Response:
    """The archive's package as a file, made anew each time and kept nowhere."""
    view, form = page.case(case_id), page.form(fields)
    page.person(Role.RECORDS_OWNER)
    path, body = f"/cases/{view.case_id}/archive-packages", {"language": page.language}
    try:
        fetched = page.neighbours.calls.fetch("sharing", path, actor=page.actor, body=body)
    except Refused as error:
        form.refused(error)
        return _page(page, view, form, status=422)
    headers = {"Content-Disposition": 'attachment; filename="arkivpakke.zip"', "Cache-Control": "no-store"}
    return Response(fetched.content, media_type="application/zip", headers=headers)


@routes.get("/arkiv")
def for_the_archive(page: ThePage) -> Response:
    """The closed cases that go to the archive, in the visitor's reach: those that wait, and those whose receipt has come."""
    reach = page.person(Role.RECORDS_OWNER).reach

    def look(rows: Rows) -> list[Told]:
        return told_within(
            rows, reach, RetentionReviewed, CaseExportedToArchive, CaseArchived, CaseContentErased
        )

    cases: dict[str, dict[str, Told]] = {}
    for one in page.read(look):
        case = cases.setdefault(one.case_id, {})
        if one.type == RetentionReviewed.type:
            case.clear()
        case[one.type] = one
    chosen = {
        case_id: told
        for case_id, told in cases.items()
        if RetentionReviewed.type in told
        and told[RetentionReviewed.type].said["outcome"] == RetentionOutcome.ARCHIVE_THEN_REMOVE
    }
    received = {case_id for case_id, told in chosen.items() if CaseArchived.type in told}
    return page.show("sharing/archive.html", cases=chosen, received=received)


@routes.post(HERE + "/foresla")
def propose(page: ThePage, case_id: str, fields: TheFields) -> Response:
    """Propose that the content be destroyed."""
    return _ask(
        page,
        page.case_for(Who.COORDINATOR, case_id),
        page.form(fields),
        "erasure/proposed",
        None,
        note="slett-foreslatt",
    )


@routes.post(HERE + "/godkjenn")
def approve(page: ThePage, case_id: str, fields: TheFields) -> Response:
    """Approve as a second person: the keys are gone when this is answered."""
    view, form = page.case(case_id), page.form(fields)
    page.person(Role.UNIT_LEADER)
    if form.value("sure") != "ja":
        form.wrong("sure", page.t("Kryss av for at du vet at det ikke kan gjøres om."))
        return _page(page, view, form, status=422)
    return _ask(page, view, form, "erasure/approved", None, note="slettet")


@routes.get("/saker/{case_id}/slettebevis")
def certificate(page: ThePage, case_id: str) -> Response:
    """The certificate of an erasure."""
    view = page.case(case_id)
    page.person(*MAY_LOOK)
    return page.show("sharing/certificate.html", view=view, **said_by(page, _certificate(page, view)))


@routes.get("/saker/{case_id}/slettebevis.pdf")
def certificate_on_paper(page: ThePage, case_id: str) -> Response:
    """The same on paper."""
    view = page.case(case_id)
    page.person(*MAY_LOOK)
    said = said_by(page, _certificate(page, view))
    return on_paper(
        printed("certificate.typ", said, language=page.language, at=page.moment.decided_at), "slettebevis"
    )


@routes.get("/slettinger")
def ledger(page: ThePage) -> Response:
    """Every erasure in the visitor's cases, and the proposals that wait for a leader."""
    reach = page.person(*MAY_LOOK).reach

    def look(rows: Rows) -> list[Told]:
        return told_within(rows, reach, ErasureProposed, CaseContentErased)

    told = page.read(look)
    erased = [one for one in told if one.type == CaseContentErased.type]
    done = {one.case_id for one in erased}
    waiting = {
        one.case_id: one for one in told if one.type == ErasureProposed.type and one.case_id not in done
    }
    return page.show(
        "sharing/ledger.html",
        erased=erased,
        waiting=list(waiting.values()),
        texts=_texts_that_wait(page, reach),
        people=page.neighbours.colleagues_if_any(),
    )


def _texts_that_wait(page: Page, reach: Reach) -> list[tuple[str, Target]]:
    """The redacted texts that the visitor may have destroyed, each with the way there."""

    def look(rows: Rows) -> list[CaseView]:
        case_ids = dict.fromkeys(one.case_id for one in told_within(rows, reach, RegistrationRedacted))
        return [view for case_id in case_ids if (view := VIEWS.find(rows, case_id)) is not None]

    form = BY_SLUG["slett-sladdet-tekst"]
    return [
        (form.address(view.case_id, target.id), target)
        for view in page.read(look)
        for target in form.targets_now(page.situation(view))
    ]


def _ask(page: Page, view: CaseView, form: Form, path: str, body: Any, *, note: str) -> Response:
    if form.ok:
        then = f"/saker/{view.case_id}/oppbevaring"
        answered = asked(page, form, f"/cases/{view.case_id}/{path}", body, then=then, note=note)
        if answered is not None:
            return answered
    return _page(page, view, form, status=422)


def _page(page: Page, view: CaseView, form: Form, *, status: int = 200) -> Response:
    visitor = page.person(*MAY_LOOK)
    told = page.neighbours.calls.get("sharing", f"/cases/{view.case_id}/retention", actor=page.actor)
    return page.show(
        "sharing/retention.html",
        status=status,
        view=view,
        form=form,
        retention=msgspec.convert(told or {}, Retention),
        closed=view.closed_on is not None,
        leads=visitor.coordinates,
        keeps_records=Role.RECORDS_OWNER in visitor.roles,
        decides=Role.UNIT_LEADER in visitor.roles,
        outcomes=list(RetentionOutcome),
        bases=list(RetentionBasis),
        people=page.neighbours.colleagues_if_any(),
    )


def _certificate(page: Page, view: CaseView) -> Told:
    def look(rows: Rows) -> list[Told]:
        return told_of(rows, view.case_id, CaseContentErased)

    found: list[Told] = page.read(look)
    if not found:
        raise NotFound("NOT_ERASED", NO_SUCH_PAGE)
    return found[-1]


def said_by(page: Page, erased: Told) -> dict[str, Any]:
    """What the certificate says, for the screen and for paper."""
    t, said, people = page.t, erased.said, page.neighbours.colleagues_if_any()
    rows = [
        [t("Sak"), erased.case_id],
        [t("Slettebevis"), said["certificate_id"]],
        [t("Slettet"), t.day(date.fromisoformat(said["erased_on"]))],
        [t("Grunnlag"), t(word(RetentionBasis(said["basis"])))],
        [t("Nøkler som er ødelagt"), str(said["keys_destroyed"])],
        [t("Opplysninger som er slettet"), str(said["pieces"])],
        [t("Foreslått av"), actor_label(t, people, said["proposed_by"])],
        [t("Godkjent av"), actor_label(t, people, said["approved_by"])],
        [t("Nøkkelen som låste nøklene"), said["key_encryption_key"]],
        [
            t("Ingen sikkerhetskopi kan åpnes etter"),
            t.day(date.fromisoformat(said["no_backup_opens_after"])),
        ],
    ]
    return {
        "title": t("Slettebevis"),
        "lead": t(
            "Innholdet i saken er slettet. Nøklene som låste det, er ødelagt, og ingen kan lese det mer."
        ),
        "rows": rows,
        "words": {"what": t("Hva"), "value": t("Verdi")},
        "sentences": [
            t("Loggen over hva som har skjedd, finnes fortsatt. Den inneholder ingen navn og ingen tekster."),
            t(
                "Datoen for sikkerhetskopier gjelder når nøkkelen over skiftes ut til rett tid, slik driften skal gjøre."
            ),
        ],
        "foot": t("Laget %(at)s", at=t.moment(page.moment.decided_at)),
    }
