"""What the words of a form are guarded by: nothing sensitive stands where the whole group reads."""

import pytest

from schemas.codes import Category, DeviationKind
from schemas.deviation import DeviationReported
from schemas.event import decode
from schemas.example import example_of
from services.portal.case_forms import FORMS
from services.portal.domain.case_view import CaseView
from services.portal.domain.categories import of_deviation, of_event
from services.portal.form_fields import Field, Record, Rows, Text

GROUP_READS = {Category.CASE_STATUS, Category.IDENTITY_CONTACT}
THE_GROUP_MAY_READ = {
    "andre-planer plan_ref",
    "bestemt-om-samtykke text_ref",
    "bytt-leder note_ref",
    "endre-kontrakten text_ref",
    "gjort-laert-lurt text_ref",
    "merknad-til-referat text_ref",
    "ny-foresatt identity_ref",
    "ny-oppgave text_ref",
    "ny-sak-pa-sakslisten text_ref",
    "send-ut-referat text_ref",
    "skjerp-planen text_ref",
    "sok-om-reise text_ref",
    "utfall-av-sak text_ref",
    "vedta-planen text_ref",
}
"""Who stands around the youth, agreements, tasks, agenda and minutes: what a group that follows up together has before it. Another text gets a category of its own."""


def texts_in(fields: tuple[Field, ...]) -> list[Text | Record]:
    inner = [one for field in fields if isinstance(field, Rows) for one in texts_in(tuple(field.fields))]
    return [field for field in fields if isinstance(field, (Text, Record))] + inner


def test_every_text_that_the_whole_group_reads_is_one_that_it_works_with() -> None:
    found = {
        f"{form.slug} {field.name}"
        for form in FORMS
        for field in texts_in(tuple(form.fields))
        if field.category in GROUP_READS
    }
    assert found == THE_GROUP_MAY_READ


@pytest.mark.parametrize(
    "kind",
    [
        DeviationKind.TEST_POSITIVE,
        DeviationKind.TEST_REFUSED,
        DeviationKind.SUBSTANCE_USE,
        DeviationKind.NEW_OFFENCE_SUSPECTED,
        DeviationKind.THREAT,
        DeviationKind.GUARDIAN_COOPERATION,
        DeviationKind.SAFETY_YOUTH,
    ],
)
def test_the_account_of_something_sensitive_is_not_for_the_whole_group(kind: DeviationKind) -> None:
    assert of_deviation(kind) not in GROUP_READS


def test_words_that_put_an_account_right_are_guarded_as_the_account_was() -> None:
    _, event = decode(example_of(DeviationReported))
    assert isinstance(event, DeviationReported)
    assert of_event(CaseView(case_id="case"), event) is of_deviation(event.kind)
