"""What a route has at hand: who is logged in, their language, the moment, the other services, and how to answer with a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, NamedTuple, cast
from urllib.parse import quote

from fastapi import Depends, Request
from fastapi.responses import RedirectResponse
from starlette.datastructures import FormData
from starlette.responses import Response

from backbone.clock import Moment
from backbone.refusal import NotAllowed, NotFound
from backbone.web import NO_SUCH_PAGE, ROLE_MISSING, TheDesk, require
from backbone.work import Actor, work_on
from schemas.codes import STAFF, Category, Role
from services.portal import sessions
from services.portal.case_forms import BY_SLUG
from services.portal.catching_up import caught_up
from services.portal.command_form import Who, permitted
from services.portal.domain.case_view import CaseView
from services.portal.form_fields import Situation
from services.portal.forms import Form
from services.portal.languages import of_browser
from services.portal.listed import as_listed
from services.portal.local_offers import LocalOffers
from services.portal.neighbours import Colleague, Neighbours
from services.portal.notes import NOTES
from services.portal.rendering import rendered
from services.portal.repository import views_of
from services.portal.sessions import Visitor
from services.portal.texts import Texts
from services.portal.words import MUNICIPALITIES


class LogIn(Exception):
    """The page is for those who are logged in."""


class DeclareFirst(Exception):
    """Nothing of the case is shown before the visitor has declared their duty of secrecy in it."""

    def __init__(self, case_id: str) -> None:
        super().__init__()
        self.case_id = case_id


class Way(NamedTuple):
    """One link of the main menu."""

    address: str
    text: str
    rare: bool = False
    """Whether it stands under "Mer": what is not for every day."""


class Page:
    """One request for a page."""

    def __init__(self, request: Request, desk: TheDesk) -> None:
        self.request, self.desk = request, desk
        self.moment: Moment = desk.clock.moment()
        self.visitor = self._logged_in()
        self.language = of_browser(request)
        self.t = Texts(self.language)

    @property
    def secret(self) -> str | None:
        """The session cookie's secret."""
        return self.request.cookies.get(sessions.cookie_name(self.desk.settings))

    @property
    def neighbours(self) -> Neighbours:
        """The other services."""
        return cast(Neighbours, self.request.app.state.neighbours)

    def _logged_in(self) -> Visitor | None:
        found = sessions.find(self.desk.engine, self.secret, real_at=self.moment.real_at)
        return as_listed(found, self.neighbours.colleagues_if_any()) if found else None

    def person(self, *roles: Role) -> Visitor:
        """Who is logged in, with one of the roles if any are named. Raises LogIn and NotAllowed."""
        if self.visitor is None:
            raise LogIn
        if roles:
            require(self.actor, *roles)
        return self.visitor

    def own_municipalities(self, asked: str) -> tuple[dict[str, str], str]:
        """The municipalities that the visitor works for, names by number, and the one to show: what was asked for when it is one of them."""
        own = {key: MUNICIPALITIES[key] for key in self.person().municipality_nos if key in MUNICIPALITIES}
        return own, asked if asked in own else next(iter(own), "1804")

    @property
    def actor(self) -> Actor:
        """Who is logged in, as the one who acts. Raises LogIn."""
        return self.person().actor(self.language)

    def read(self, look: Any) -> Any:
        """Run a read of the view in a transaction."""
        with work_on(self.desk.engine, self.desk.service, moment=self.moment, actor=self.actor) as work:
            return look(work)

    def case(self, case_id: str) -> CaseView:
        """A case that the visitor may see. Raises NotFound for one that is not there and for one that is not theirs, alike, and
        DeclareFirst where they have a declaration of secrecy to make.
        """
        view = self.case_to_declare(case_id)
        if view.must_declare(self.person().person_id):
            raise DeclareFirst(case_id)
        return view

    def case_to_declare(self, case_id: str) -> CaseView:
        """The same, before secrecy is declared: for the declaration itself and nothing else. Raises NotFound."""
        view = self.views([case_id]).get(case_id)
        if view is None or not self.person().reach.covers(view):
            raise NotFound("NO_SUCH_CASE", NO_SUCH_PAGE)
        return view

    def case_to_clear(self, case_id: str) -> CaseView:
        """The same, also for whoever decides who is cleared for it and is not cleared themselves: for that decision and nothing else.
        Raises NotFound and DeclareFirst.
        """
        view = self.views([case_id]).get(case_id)
        return view if view is not None and self.person().reach.clears(view) else self.case(case_id)

    def views(self, case_ids: Iterable[str]) -> dict[str, CaseView]:
        """What is known of cases, whoever asks: look at whether they may know."""
        found: dict[str, CaseView] = self.read(lambda rows: views_of(rows, case_ids))
        return found

    def closed_to_visitor(self, case_ids: Iterable[str]) -> set[str]:
        """Those of the cases that are strictly protected, and the visitor not cleared for."""
        me = self.person().person_id
        return {key for key, view in self.views(case_ids).items() if view.protection.closes_case(me)}

    def case_for(self, who: Who, case_id: str) -> CaseView:
        """A case in which the visitor is one of those. Raises NotFound and NotAllowed."""
        view = self.case(case_id)
        if not permitted(who, self.situation(view)):
            raise NotAllowed("ROLE", ROLE_MISSING)
        return view

    def situation(self, view: CaseView) -> Situation:
        """Who stands before this case, and when: what a declared form decides by."""
        people = self.neighbours.colleagues_if_any()
        return Situation(
            view=view,
            visitor=self.person(),
            people=people,
            t=self.t,
            now=self.moment.decided_at,
            offers=self._offers(view),
        )

    def _offers(self, view: CaseView) -> LocalOffers:
        ask, actor = self.neighbours.calls.get, self.actor
        return LocalOffers(
            lambda: ask("contracts", f"/cases/{view.case_id}/offers", actor=actor),
            lambda: ask("contracts", "/offers", actor=actor, municipality_no=f"{view.municipality_no}"),
        )

    def form(self, values: FormData | Mapping[str, str] | None = None) -> Form:
        """A form, empty, proposed or sent in."""
        return Form(self.t, values)

    def lay(
        self,
        form: Form,
        *name: str,
        content: str | Mapping[str, str],
        case_id: str,
        about_id: str | None,
        category: Category,
    ) -> str:
        """Lay words, or several named ones, in the vault, and give their reference: the same whenever this form is sent. Raises
        CalledRefused, Unavailable.
        """
        ref = form.derived(self.person().person_id, *name)
        self.neighbours.deposit(
            ref=ref,
            case_id=case_id,
            about_id=f"{about_id}",
            category=category,
            content={"text": content} if isinstance(content, str) else content,
            actor=self.actor,
        )
        return ref

    def show(self, template: str, *, status: int = 200, **values: Any) -> Response:
        """The page; what is given goes before what every page has, so that a page of the past can have another day than today."""
        note = note_of(self.request.query_params.get("melding", ""))
        every: dict[str, Any] = {
            "visitor": self.visitor,
            "me": values.pop("me") if "me" in values else self._me(),
            "ways": self._ways(),
            "path": self.request.url.path,
            "demo": self.desk.settings.demo,
            "log_in_with": self._log_in_with(),
            "mail_page_url": self.desk.settings.mail_page_url,
            "now": self.moment.decided_at,
            "today": self.moment.today,
            "note": self.t(note) if note else None,
            "behind": "venter" in self.request.query_params,
            "acts": self.visitor is not None and bool(self.visitor.roles.intersection(STAFF)),
        }
        return rendered(template, self.language, status=status, **{**every, **values})

    def go(
        self, address: str, note: str | None = None, *, answer: Mapping[str, Any] | None = None
    ) -> Response:
        """Go on to another page with a short note, when the view has what `answer` published, or says that it takes a moment."""
        behind = not caught_up(self.desk.engine, answer)
        query = "&".join([*([f"melding={quote(note)}"] if note else []), *(["venter=1"] if behind else [])])
        return RedirectResponse(address + (f"?{query}" if query else ""), status_code=303)

    def _log_in_with(self) -> str | None:
        """The words of the log-in button; None where nobody can log in."""
        if self.desk.settings.openid_issuer:
            return self.t("Logg inn med elektronisk ID")
        return self.t("Logg inn i demoen") if self.desk.settings.demo else None

    def _me(self) -> Colleague | None:
        if self.visitor is None:
            return None
        return self.neighbours.colleagues_if_any().get(self.visitor.person_id)

    def _ways(self) -> list[Way]:
        if self.visitor is None:
            return []
        roles, t = self.visitor.roles, self.t
        ways = []
        if self.visitor.coordinates or Role.AGENCY_MEMBER in roles or Role.UNIT_LEADER in roles:
            ways += [
                Way("/saker", t("Mine saker")),
                Way("/oppgaver", t("Oppgaver")),
                Way("/frister", t("Frister")),
                Way("/varsler", t("Varsler")),
            ]
        if self.visitor.coordinates:
            ways.insert(1, Way("/ny-kontrakt", t("Ny kontrakt")))
        if Role.YOUTH_COORDINATOR in roles:
            ways.insert(2, Way("/ny-ungdomssak", t("Ny ungdomssak")))
        if ways:
            ways.append(Way("/henvendelser", t("Henvendelser")))
            ways += [
                Way("/konsultasjoner", t("Konsultasjon uten navn"), rare=True),
                Way("/tiltak", t("Tiltak"), rare=True),
                Way("/hvem-er-hvem", t("Hvem er hvem"), rare=True),
                Way("/kog", t("Fora"), rare=True),
            ]
        if self.visitor.coordinates:
            ways.append(Way("/mekling", t("Mekling"), rare=True))
            ways.append(Way("/undersokelsen", t("Undersøkelsen"), rare=True))
            ways.append(Way("/kohorter", t("Tilbakefall etter tre år"), rare=True))
        if Role.UNIT_LEADER in roles:
            ways.append(Way("/slettinger", t("Slettinger"), rare=True))
            ways.append(Way("/personvern", t("Personvern"), rare=True))
            ways.append(Way("/adressesperrer", t("Adressesperrer"), rare=True))
        if Role.PRIVACY_OFFICER in roles:
            ways.append(Way("/personvern", t("Personvern")))
        if Role.RECORDS_OWNER in roles:
            ways.append(Way("/arkiv", t("Til arkivet")))
        if Role.AUDITOR in roles:
            ways.append(Way("/kontroll", t("Kontroll")))
        if Role.OPERATOR in roles:
            ways.append(Way("/drift", t("Drift")))
        return ways


def note_of(code: str) -> str | None:
    """The short note behind a code: one of ours, or that of a declared form."""
    return BY_SLUG[code].note if code in BY_SLUG else NOTES.get(code)


def first_page(visitor: Visitor) -> str:
    """Where somebody begins."""
    if visitor.coordinates or Role.UNIT_LEADER in visitor.roles:
        return "/saker"
    if Role.PRIVACY_OFFICER in visitor.roles:
        return "/personvern"
    if Role.RECORDS_OWNER in visitor.roles:
        return "/arkiv"
    if Role.AUDITOR in visitor.roles:
        return "/kontroll"
    return "/drift" if Role.OPERATOR in visitor.roles else "/varsler"


async def filled_in(request: Request) -> FormData:
    """The fields of a form that was sent in; files are not taken."""
    return await request.form(max_files=0, max_fields=500)


ThePage = Annotated[Page, Depends(Page)]
TheFields = Annotated[FormData, Depends(filled_in)]
