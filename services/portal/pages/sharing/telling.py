"""Whether the youth has been told of something that was given without consent: read from a form."""

from __future__ import annotations

from typing import Any

from schemas.codes import DeferralGround, GuardiansNotTold
from services.portal.forms import Form
from services.portal.texts import N_


def telling(form: Form) -> dict[str, Any]:
    """Whether the youth has been told, or when that is looked at again."""
    if form.value("told") == "ja":
        day = form.day("youth_told_on", N_("Oppgi når ungdommen fikk vite det."))
        return {"youth_told_on": day.isoformat()}
    if form.value("told") == "senere":
        day = form.day("tell_review_on", N_("Oppgi når dere skal vurdere det på nytt."))
        ground = form.choice("deferral", DeferralGround, N_("Velg hvorfor ungdommen ikke får vite det ennå."))
        return {"tell_review_on": day.isoformat(), "deferral": ground}
    form.wrong("told", form.t("Velg om ungdommen har fått vite det."))
    return {}


def telling_guardians(form: Form) -> dict[str, Any]:
    """Whether the guardians have been told, or why they are not."""
    if form.value("guardians_told") == "ja":
        day = form.day("guardians_told_on", N_("Oppgi når de foresatte fikk vite det."))
        return {"guardians_told_on": day.isoformat()}
    if form.value("guardians_told") == "nei":
        why = N_("Velg hvorfor de foresatte ikke får vite det.")
        return {"guardians_not_told": form.choice("guardians_not_told", GuardiansNotTold, why)}
    form.wrong("guardians_told", form.t("Velg om de foresatte har fått vite det."))
    return {}
