"""A consent to read aloud, and to sign on paper, in the words that the youth and the guardians are asked in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from backbone.refusal import NotFound
from backbone.web import NO_SUCH_PAGE
from services.portal import sentences
from services.portal.domain.agreed import Agreed
from services.portal.domain.case_view import CaseView
from services.portal.page import Page, ThePage
from services.portal.pages.sharing.asking import agreed_in
from services.portal.paper import on_paper, printed
from services.portal.rendering import signer_label
from services.portal.texts import LANGUAGES, Texts
from services.portal.words import word

routes = APIRouter(include_in_schema=False)
READ_FIRST = ("asks", "about", "why", "until")
READ_LAST = ("everyone", "less", "no_is_fine", "take_back", "already_seen", "see")


@routes.get("/saker/{case_id}/samtykke/{consent_id}/les/{language}")
def read_aloud(page: ThePage, case_id: str, consent_id: str, language: str) -> Response:
    """The words of a consent, large, for reading together."""
    view = page.case(case_id)
    consent, texts = _asked(page, view, consent_id, language)
    return page.show(
        "sharing/consent_read.html",
        view=view,
        consent=consent,
        title=texts["title"],
        said=read(texts, consent, Texts(language)),
        read_in=language,
    )


@routes.get("/saker/{case_id}/samtykke/{consent_id}/skjema-{language}.pdf")
def form_on_paper(page: ThePage, case_id: str, consent_id: str, language: str) -> Response:
    """The form to sign; it names nobody, since the paper lies on tables."""
    view = page.case(case_id)
    consent, texts = _asked(page, view, consent_id, language)
    said = paper_of(texts, consent, view, Texts(language))
    return on_paper(printed("consent.typ", said, language=language, at=page.moment.decided_at), "samtykke")


def _asked(page: Page, view: CaseView, consent_id: str, language: str) -> tuple[Agreed, Mapping[str, Any]]:
    consent = next((one for one in agreed_in(page, view) if one.consent_id == consent_id), None)
    if consent is None or language not in LANGUAGES:
        raise NotFound("NO_SUCH_CONSENT", NO_SUCH_PAGE)
    path = f"/consent-texts/{consent.text_version}"
    texts: Mapping[str, Any] = page.neighbours.calls.get("sharing", path, actor=page.actor)
    return consent, texts[language]


def read(texts: Mapping[str, Any], consent: Agreed, t: Texts) -> list[str]:
    """The sentences in the order they are read, their places filled with words for the codes."""
    places = {
        "givers": sentences.listed(t, consent.from_agencies),
        "receivers": sentences.listed(t, consent.to_agencies),
        "categories": sentences.listed(t, consent.categories).lower(),
        "purpose": t(word(consent.purpose)).lower(),
        "valid_from": t.day(consent.valid_from),
        "valid_to": t.day(consent.valid_to),
    }
    order = [*(texts[name] for name in READ_FIRST), texts["kinds"][consent.kind]]
    order += [texts[name] for name in READ_LAST]
    return [sentence.format(**places) for sentence in order]


def paper_of(texts: Mapping[str, Any], consent: Agreed, view: CaseView, t: Texts) -> dict[str, Any]:
    """What the form says in one language."""
    said = read(texts, consent, t)
    return {
        "title": texts["title"],
        "sentences": said,
        "signers": [{"who": signer_label(t, view.family, one.person_id)} for one in consent.signers],
        "answers": [t("Ja, til alt som står her"), t("Ja, men bare til en del"), t("Nei")],
        "foot": t(
            "Samtykke %(short)s, tekst %(version)s",
            short=consent.consent_id[-8:],
            version=consent.text_version,
        ),
        "words": {
            "part": t("Bare dette"),
            "name": t("Navn"),
            "date": t("Dato"),
            "signature": t("Underskrift"),
            "explained": t("Slik ble det forklart"),
            "explained_by": t("Forklart av"),
            "interpreter": t("Vi brukte tolk"),
            "language": t("Språk"),
            "take_back_title": t("Slik tar du det tilbake"),
            "take_back": texts["take_back"],
        },
    }
