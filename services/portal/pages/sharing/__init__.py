"""The pages about sharing: consents, what may flow, what was given without consent, duties, receipts, the youth's report, the end."""

from services.portal.pages.sharing import (
    consent_answers,
    consent_papers,
    consents_seen,
    disclosing,
    disclosures,
    duties,
    erasure,
    may_share,
    privacy,
    privacy_breaches,
    privacy_requests,
    protection,
    receipts,
    report,
)

ROUTERS = [
    module.routes
    for module in (
        consents_seen,
        consent_answers,
        consent_papers,
        may_share,
        disclosing,
        disclosures,
        duties,
        receipts,
        report,
        erasure,
        privacy,
        privacy_breaches,
        privacy_requests,
        protection,
    )
]
