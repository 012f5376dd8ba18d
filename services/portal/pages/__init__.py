"""The pages, one module for each thing somebody comes to do."""

from services.portal.pages import (
    audit,
    audit_moment,
    audit_questions,
    case,
    case_forms,
    cases,
    consents,
    contracts,
    demo_clock,
    deviations,
    first_codes,
    front,
    inbox,
    information,
    log_in,
    meetings,
    members,
    operations,
    receipts,
    registrations,
    sanctions,
    sharing,
)

ROUTERS = [
    *sharing.ROUTERS,
    *(
        module.routes
        for module in (
            front,
            log_in,
            cases,
            contracts,
            sanctions,
            case,
            case_forms,
            members,
            meetings,
            consents,
            deviations,
            information,
            inbox,
            audit_questions,
            audit_moment,
            audit,
            operations,
            first_codes,
            receipts,
            registrations,
            demo_clock,
        )
    ),
]
