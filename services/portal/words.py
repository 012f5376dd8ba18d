"""What the codes are called on the pages: bokmål here, nynorsk in locale/nn. A test finds the code without a word."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from schemas.codes import (
    AgeBand,
    Agency,
    CaseOutcome,
    Category,
    ClauseKind,
    ConsentEffect,
    ConsentKind,
    CriminalTrack,
    DeclineReason,
    DeferralGround,
    DeviationKind,
    DiscardReason,
    DutyToAct,
    EffectReason,
    EndingReason,
    EscalationLevel,
    EvaluationKind,
    Function,
    GivenHow,
    GuardiansNotTold,
    LeavingReason,
    LegalBasis,
    MeetingKind,
    MeetingMode,
    MissingReason,
    Outcome,
    PauseReason,
    Programme,
    ProtectionLevel,
    Purpose,
    Reason,
    ReceiptAnswer,
    ReferralOrigin,
    ReminderStep,
    ReportMethod,
    RetentionBasis,
    RetentionOutcome,
    Role,
    SignerExcuse,
    SignerRole,
    SigningMethod,
    StopReason,
    TaskReason,
    Urgency,
    WithdrawalConsequence,
    YouthKnows,
)
from schemas.municipalities import NORDLAND
from services.portal.asked_words import ASKED_DEADLINES, ASKED_WORDS
from services.portal.audit_words import AUDIT_WORDS
from services.portal.cohort_words import COHORT_DEADLINES, COHORT_WORDS
from services.portal.correction_words import CORRECTION_WORDS
from services.portal.deadline_words import DEADLINE_CODES, DISCLOSURE_DEADLINES, STANDING_DEADLINES
from services.portal.domain.case_view import DeviationState, Standing, Status
from services.portal.follow_up_words import FOLLOW_UP_WORDS
from services.portal.forum_words import FORUM_DEADLINES, FORUM_WORDS
from services.portal.guardian_words import GUARDIAN_WORDS
from services.portal.meeting_words import MEETING_DEADLINES, MEETING_NOTICES, MEETING_WORDS
from services.portal.privacy_words import PRIVACY_DEADLINES, PRIVACY_WORDS
from services.portal.register_words import REGISTER_WORDS
from services.portal.sanction_words import IN_SANCTIONS, SANCTION_DEADLINES, SANCTION_WORDS
from services.portal.texts import N_

WORDS: dict[type[StrEnum], Mapping[StrEnum, str]] = {
    **AUDIT_WORDS,
    **FOLLOW_UP_WORDS,
    **DEADLINE_CODES,
    **CORRECTION_WORDS,
    **REGISTER_WORDS,
    **GUARDIAN_WORDS,
    **MEETING_WORDS,
    **SANCTION_WORDS,
    **PRIVACY_WORDS,
    **ASKED_WORDS,
    **FORUM_WORDS,
    **COHORT_WORDS,
    Programme: {
        Programme.FA_YOUTH_CONTRACT: N_("Ungdomskontrakt"),
        Programme.FA_SUBSTANCE_CONTRACT: N_("Ruskontrakt"),
        Programme.YOUTH_FOLLOW_UP: N_("Ungdomsoppfølging"),
        Programme.YOUTH_PENALTY: N_("Ungdomsstraff"),
    },
    AgeBand: {
        AgeBand.UNDER_12: N_("Under 12 år"),
        AgeBand.AGE_12_14: N_("12 til 14 år"),
        AgeBand.AGE_15: N_("15 år"),
        AgeBand.AGE_16_17: N_("16 til 17 år"),
        AgeBand.ADULT: N_("18 år eller eldre"),
    },
    Agency: {
        Agency.FELLES_ANSVAR: N_("Felles ansvar"),
        Agency.KOMMUNE_SLT: N_("Kommunen (SLT)"),
        Agency.POLITI_FOREBYGGENDE: N_("Politiet, forebyggende"),
        Agency.PATALEMYNDIGHET: N_("Påtalemyndigheten"),
        Agency.BARNEVERN: N_("Barneverntjenesten"),
        Agency.SKOLE_GRUNN: N_("Grunnskolen"),
        Agency.SKOLE_VGS: N_("Videregående skole"),
        Agency.OPPFOLGINGSTJENESTE: N_("Oppfølgingstjenesten"),
        Agency.PPT: N_("PP-tjenesten"),
        Agency.BUP: N_("BUP"),
        Agency.SKOLEHELSETJENESTE: N_("Skolehelsetjenesten"),
        Agency.FASTLEGE: N_("Fastlegen"),
        Agency.NAV: N_("Nav"),
        Agency.KONFLIKTRAAD: N_("Konfliktrådet"),
        Agency.KRIMINALOMSORG: N_("Kriminalomsorgen"),
        Agency.FRITID: N_("Fritidstilbudet"),
        Agency.UTEKONTAKT: N_("Utekontakten"),
        Agency.FRIVILLIG_ORG: N_("Frivillig organisasjon"),
        Agency.MENTOR: N_("Mentor"),
        Agency.KRISESENTER: N_("Krisesenteret"),
        Agency.BARNEHUS: N_("Statens barnehus"),
        Agency.ADVOKAT: N_("Advokat"),
        Agency.TOLK: N_("Tolk"),
        Agency.FYLKESKOMMUNE: N_("Fylkeskommunen"),
        Agency.PRIVATE_NETWORK: N_("Privat nettverk"),
    },
    Function: {
        Function.LEAD: N_("Leder gruppen"),
        Function.DEPUTY: N_("Stedfortreder"),
        Function.SECRETARY: N_("Referent"),
        Function.CONTACT_PERSON: N_("Kontaktperson"),
        Function.CONTROL_OWNER: N_("Ansvarlig for kontroll"),
        Function.SUPPORT_OWNER: N_("Ansvarlig for støtte"),
        Function.GUARDIAN: N_("Foresatt"),
        Function.YOUTH: N_("Ungdommen"),
        Function.ADVISER: N_("Rådgiver"),
        Function.OBSERVER: N_("Observatør"),
        Function.MENTOR: N_("Mentor"),
        Function.CHILD_COORDINATOR: N_("Barnekoordinator"),
    },
    Category: {
        Category.IDENTITY_CONTACT: N_("Navn og kontakt"),
        Category.ADDRESS: N_("Adresse"),
        Category.CASE_STATUS: N_("Saken og målene"),
        Category.SCHOOL_ATTENDANCE: N_("Oppmøte på skolen"),
        Category.SCHOOL_BEHAVIOUR: N_("Trivsel og atferd på skolen"),
        Category.PPT_ASSESSMENT: N_("Vurdering fra PP-tjenesten"),
        Category.CHILD_WELFARE_MEASURE: N_("Tiltak fra barnevernet"),
        Category.HEALTH_GENERAL: N_("Helse"),
        Category.HEALTH_MENTAL: N_("Psykisk helse"),
        Category.SUBSTANCE_USE: N_("Rusbruk"),
        Category.DRUG_TEST: N_("Rustest"),
        Category.CRIMINAL_OFFENCE: N_("Lovbrudd"),
        Category.POLICE_CONCERN: N_("Politiets bekymring"),
        Category.VICTIM_INFO: N_("Den fornærmede"),
        Category.FAMILY: N_("Familien"),
        Category.ECONOMY_HOUSING: N_("Økonomi og bolig"),
        Category.LEISURE: N_("Fritid"),
        Category.NETWORK_PERSONS: N_("Venner og nettverk"),
        Category.LANGUAGE_ETHNICITY: N_("Språk og bakgrunn"),
        Category.EVALUATION_SCORE: N_("Evaluering"),
    },
    Reason: {
        Reason.VIOLENCE: N_("Vold"),
        Reason.THREATS: N_("Trusler"),
        Reason.THEFT: N_("Tyveri"),
        Reason.VANDALISM: N_("Skadeverk"),
        Reason.SUBSTANCE_USE: N_("Rusbruk"),
        Reason.DIGITAL_ABUSE: N_("Krenkelser på nett"),
        Reason.SCHOOL_ABSENCE: N_("Fravær fra skolen"),
        Reason.DROP_IN_ENVIRONMENT: N_("Utsatt miljø"),
        Reason.OTHER_CONCERN: N_("Annen bekymring"),
    },
    SignerRole: {
        SignerRole.YOUTH: N_("Ungdommen"),
        SignerRole.GUARDIAN: N_("Foresatt"),
        SignerRole.BARNEVERN: N_("Barnevernet"),
    },
    SigningMethod: {
        SigningMethod.PAPER: N_("På papir"),
        SigningMethod.ORAL_IN_MEETING: N_("Muntlig i møte"),
        SigningMethod.PORTAL_EID: N_("Med elektronisk ID"),
    },
    ConsentKind: {
        ConsentKind.PARTICIPATION: N_("Samtykke til å delta"),
        ConsentKind.SECRECY_RELEASE: N_("Samtykke til å dele opplysninger"),
        ConsentKind.EXTRA: N_("Samtykke til noe mer"),
        ConsentKind.HEALTH: N_("Samtykke til å dele helseopplysninger"),
    },
    ConsentEffect: {ConsentEffect.NONE: N_("Gjelder ikke"), ConsentEffect.EFFECTIVE: N_("Gjelder")},
    Purpose: {
        Purpose.FOLLOW_UP: N_("Følge opp ungdommen"),
        Purpose.MEETING: N_("Forberede og holde møte"),
        Purpose.TASK: N_("Gjøre en oppgave"),
        Purpose.CASE_LIST: N_("Kjenne igjen saken i lista"),
        Purpose.NOTICE: N_("Sende et varsel"),
        Purpose.AUDIT: N_("Kontroll"),
    },
    Outcome: {Outcome.PERMIT: N_("Vist"), Outcome.DENY: N_("Ikke vist")},
    MeetingKind: {
        MeetingKind.NETWORK: N_("Nettverksmøte"),
        MeetingKind.FOLLOW_UP: N_("Oppfølgingsmøte"),
        MeetingKind.YOUTH_PLAN: N_("Ungdomsplanmøte"),
        MeetingKind.RESTORATIVE: N_("Gjenopprettende møte"),
        MeetingKind.MEDIATION: N_("Mekling"),
        MeetingKind.BREACH_TALK: N_("Bruddsamtale"),
        MeetingKind.KOG: N_("Møte i koordineringsgruppen"),
        MeetingKind.END_EVALUATION: N_("Sluttevaluering"),
    },
    MeetingMode: {MeetingMode.IN_PERSON: N_("Fysisk oppmøte"), MeetingMode.VIDEO: N_("Videomøte")},
    DeviationKind: {
        DeviationKind.MEETING_NO_SHOW: N_("Møtte ikke til møte"),
        DeviationKind.LATE: N_("Kom for sent"),
        DeviationKind.SCHOOL_ABSENCE: N_("Fravær fra skolen"),
        DeviationKind.SCHOOL_CONDUCT: N_("Atferd på skolen"),
        DeviationKind.CURFEW: N_("Holdt ikke innetiden"),
        DeviationKind.SUBSTANCE_USE: N_("Rusbruk"),
        DeviationKind.TEST_POSITIVE: N_("Positiv rustest"),
        DeviationKind.TEST_REFUSED: N_("Ville ikke ta rustest"),
        DeviationKind.NEW_OFFENCE_SUSPECTED: N_("Mistanke om nytt lovbrudd"),
        DeviationKind.NEW_OFFENCE_CONFIRMED: N_("Nytt lovbrudd"),
        DeviationKind.CONTACT_WITH_PERSON: N_("Kontakt med noen det er avtalt å holde avstand til"),
        DeviationKind.PLACE_BAN: N_("Var på et sted det er avtalt å holde seg unna"),
        DeviationKind.TASK_NOT_DONE_BY_YOUTH: N_("Ungdommen gjorde ikke en oppgave"),
        DeviationKind.TASK_NOT_DONE_BY_AGENCY: N_("En tjeneste gjorde ikke en oppgave"),
        DeviationKind.AGENCY_ABSENT: N_("En tjeneste møtte ikke"),
        DeviationKind.GUARDIAN_COOPERATION: N_("Samarbeidet med foresatte"),
        DeviationKind.INFO_SHARED_OUTSIDE_SCOPE: N_("Opplysninger delt utenfor avtalen"),
        DeviationKind.THREAT: N_("Trussel"),
        DeviationKind.SAFETY_YOUTH: N_("Ungdommens trygghet"),
        DeviationKind.SAFETY_OTHERS: N_("Andres trygghet"),
        DeviationKind.TRAVEL_WITHOUT_LEAVE: N_("Reiste uten avtale"),
        DeviationKind.NO_CONTACT: N_("Får ikke kontakt"),
    },
    LeavingReason: {
        LeavingReason.JOB_CHANGED: N_("Byttet jobb"),
        LeavingReason.TASK_DONE: N_("Oppgaven er gjort"),
        LeavingReason.OWN_WISH: N_("Eget ønske"),
        LeavingReason.YOUTHS_WISH: N_("Ungdommens ønske"),
        LeavingReason.CASE_CLOSED: N_("Saken er avsluttet"),
        LeavingReason.REGISTERED_BY_MISTAKE: N_("Registrert ved en feil"),
        LeavingReason.NO_LONGER_GUARDIAN: N_("Ikke lenger foresatt"),
    },
    Role: {
        Role.COORDINATOR: N_("Koordinator"),
        Role.YOUTH_COORDINATOR: N_("Ungdomskoordinator"),
        Role.AGENCY_MEMBER: N_("Medlem av nettverksgrupper"),
        Role.UNIT_LEADER: N_("Enhetsleder"),
        Role.RECORDS_OWNER: N_("Arkivansvarlig"),
        Role.PRIVACY_OFFICER: N_("Personvernansvarlig"),
        Role.AUDITOR: N_("Kontrollør"),
        Role.OPERATOR: N_("Drift"),
        Role.SERVICE: N_("Tjeneste i systemet"),
    },
    DiscardReason: {
        DiscardReason.TEST_DATA: N_("Testdata"),
        DiscardReason.MALFORMED_AND_RESENT: N_("Feil i hendelsen, sendt på nytt"),
        DiscardReason.HANDLED_BY_HAND: N_("Ordnet for hånd"),
    },
    DeferralGround: {
        DeferralGround.INVESTIGATION: N_("Etterforskning"),
        DeferralGround.DANGER_TO_SOMEBODY: N_("Fare for noen"),
        DeferralGround.YOUTHS_HEALTH: N_("Ungdommens helse"),
    },
    GuardiansNotTold: {
        GuardiansNotTold.YOUTH_DECIDES_ALONE: N_("Ungdommen bestemmer selv"),
        GuardiansNotTold.YOUTH_ASKED: N_("Ungdommen har bedt om det"),
        GuardiansNotTold.DANGER_TO_SOMEBODY: N_("Det kan være farlig for noen"),
        GuardiansNotTold.INVESTIGATION: N_("Politiet etterforsker"),
        GuardiansNotTold.KEPT_OUT: N_("De foresatte holdes utenfor saken"),
        GuardiansNotTold.NOT_REACHED: N_("Ingen har fått tak i dem"),
    },
    DutyToAct: {
        DutyToAct.CHILD_WELFARE_REPORT: N_("Melding til barnevernet"),
        DutyToAct.AVERT_CRIME: N_("Avverge et lovbrudd"),
        DutyToAct.RESCUE: N_("Redde liv"),
    },
    GivenHow: {
        GivenHow.IN_THE_SYSTEM: N_("Her i tjenesten"),
        GivenHow.ORALLY: N_("Muntlig"),
        GivenHow.ON_PAPER: N_("På papir"),
    },
    LegalBasis: {
        LegalBasis.ANONYMISED: N_("Anonymisert"),
        LegalBasis.PURPOSE_OF_COLLECTION: N_("Samme formål som ved innsamlingen"),
        LegalBasis.OWN_TASKS: N_("Tjenestens egne oppgaver"),
        LegalBasis.STATUS_AND_DECISIONS: N_("Status og vedtak"),
        LegalBasis.REPORT_OFFENCE: N_("Melde fra om lovbrudd"),
        LegalBasis.DANGER: N_("Fare for liv eller helse"),
        LegalBasis.AVERT_CRIME: N_("Avvergingsplikt"),
        LegalBasis.RESCUE: N_("Redde liv"),
        LegalBasis.WRONGFUL_CHARGE: N_("Hindre uriktig siktelse"),
        LegalBasis.CHILD_WELFARE_REPORT: N_("Meldeplikt til barnevernet"),
        LegalBasis.CHILD_WELFARE_ORDER: N_("Pålegg fra barnevernet"),
        LegalBasis.HEALTH_PROVISION: N_("Bestemmelse i helselovene"),
        LegalBasis.POLICE_DISCLOSURE: N_("Utlevering fra politiet"),
        LegalBasis.KRL_SHARING: N_("Deling etter konfliktrådsloven"),
        LegalBasis.COURT_OR_PROSECUTION_ORDER: N_("Pålegg fra retten eller påtalemyndigheten"),
        LegalBasis.STATISTICS: N_("Statistikk"),
    },
    ReceiptAnswer: {
        ReceiptAnswer.NOT_USED_ANY_MORE: N_("Brukes ikke mer"),
        ReceiptAnswer.COPIES_DESTROYED: N_("Kopier er makulert"),
        ReceiptAnswer.KEPT_AS_OWN_RECORD: N_("Beholdt i egen journal"),
    },
    ReportMethod: {
        ReportMethod.TELEPHONE: N_("På telefon"),
        ReportMethod.IN_PERSON: N_("Ved oppmøte"),
        ReportMethod.IN_WRITING: N_("Skriftlig"),
    },
    EffectReason: {EffectReason.OTHERS_DECIDE: N_("Andre bestemmer nå")},
    SignerExcuse: {
        SignerExcuse.UNREACHABLE: N_("Ikke mulig å få tak i"),
        SignerExcuse.NO_PARENTAL_RESPONSIBILITY: N_("Har ikke foreldreansvar"),
        SignerExcuse.CHILD_WELFARE_HAS_CARE: N_("Barnevernet har omsorgen"),
        SignerExcuse.SPECIAL_GUARDIAN_APPOINTED: N_("Setteverge er oppnevnt"),
        SignerExcuse.RISK_TO_YOUTH: N_("Kan skade ungdommen"),
    },
    StopReason: {
        StopReason.MEMBER_LEAVES: N_("Et medlem går ut"),
        StopReason.GUARDIAN_RESTRICTED: N_("Tilgangen til en foresatt er begrenset"),
        StopReason.GUARDIAN_REMOVED: N_("En foresatt er tatt bort"),
        StopReason.CARE_TAKEN_OVER: N_("Barnevernet har overtatt omsorgen"),
        StopReason.PROTECTION_RAISED: N_("Beskyttelsen er skjerpet"),
        StopReason.CASE_CLOSES: N_("Saken avsluttes"),
        StopReason.LEAD_CHANGES: N_("Saken får ny leder"),
    },
    WithdrawalConsequence: {
        WithdrawalConsequence.NOTHING_RESTED_ON_IT: N_("Ingenting hvilte på det"),
        WithdrawalConsequence.PARTICIPATION_ENDS: N_("Deltakelsen slutter"),
        WithdrawalConsequence.SHARING_NARROWED: N_("Delingen blir smalere"),
        WithdrawalConsequence.CONTRACT_PAUSES: N_("Kontrakten settes på vent"),
        WithdrawalConsequence.CASE_WINDS_UP: N_("Saken avvikles"),
        WithdrawalConsequence.EXTRA_SHARING_STOPS: N_("Ekstra deling slutter"),
    },
    RetentionOutcome: {
        RetentionOutcome.DESTROY: N_("Slettes"),
        RetentionOutcome.ARCHIVE_THEN_REMOVE: N_("Avleveres til arkivet og fjernes"),
        RetentionOutcome.KEEP: N_("Beholdes"),
    },
    RetentionBasis: {
        RetentionBasis.NO_DUTY_TO_KEEP: N_("Ingen plikt til å beholde"),
        RetentionBasis.DISCARD_RULE: N_("Vedtak om kassasjon"),
        RetentionBasis.ARCHIVE_DUTY: N_("Plikt til å arkivere"),
        RetentionBasis.COMPLAINT_OPEN: N_("En klage er ikke avgjort"),
        RetentionBasis.REGISTERED_BY_MISTAKE: N_("Registrert ved en feil"),
    },
    CaseOutcome: {
        CaseOutcome.GOALS_REACHED: N_("Målene er nådd"),
        CaseOutcome.GOALS_PARTLY_REACHED: N_("Målene er delvis nådd"),
        CaseOutcome.GOALS_NOT_REACHED: N_("Målene er ikke nådd"),
        CaseOutcome.OTHER_HELP: N_("Fikk annen hjelp"),
        CaseOutcome.NOT_ASSESSED: N_("Ikke vurdert"),
    },
    ClauseKind: {
        ClauseKind.SCHOOL: N_("Skole"),
        ClauseKind.HOMEWORK: N_("Lekser"),
        ClauseKind.WORK_TRAINING: N_("Arbeidstrening"),
        ClauseKind.LEISURE: N_("Fritid"),
        ClauseKind.ANGER_CONTROL: N_("Mestre sinne"),
        ClauseKind.DRUG_CONTROL: N_("Rustesting"),
        ClauseKind.TREATMENT: N_("Behandling"),
        ClauseKind.STAY_PROHIBITION: N_("Holde seg unna et sted"),
        ClauseKind.NO_CONTACT: N_("Ingen kontakt med noen"),
        ClauseKind.HOME_AT_FIXED_TIME: N_("Hjemme til fast tid"),
        ClauseKind.MENTOR: N_("Mentor"),
        ClauseKind.MEDIATION: N_("Mekling"),
        ClauseKind.FAMILY_SUPPORT: N_("Støtte til familien"),
        ClauseKind.ECONOMY_HOUSING: N_("Økonomi og bolig"),
        ClauseKind.REPORTING: N_("Møte til avtalt tid"),
        ClauseKind.OTHER_SUPPORT: N_("Annen støtte"),
    },
    CriminalTrack: {
        CriminalTrack.NONE: N_("Ingen straffesak"),
        CriminalTrack.ALTERNATIVE_ACCEPTED: N_("Godtatt i stedet for straff"),
        CriminalTrack.AFTER_MEDIATION: N_("Etter mekling"),
    },
    DeclineReason: {
        DeclineReason.UNDER_12: N_("Under 12 år"),
        DeclineReason.OUTSIDE_TARGET_GROUP: N_("Utenfor målgruppen"),
        DeclineReason.YOUTH_DECLINES: N_("Ungdommen sier nei"),
        DeclineReason.GUARDIANS_DECLINE: N_("De foresatte sier nei"),
        DeclineReason.HELPED_ELSEWHERE: N_("Får hjelp et annet sted"),
        DeclineReason.NO_CONTACT: N_("Får ikke kontakt"),
        DeclineReason.CANNOT_BE_OPENED: N_("Saken kan ikke opprettes"),
    },
    MissingReason: {
        MissingReason.NOT_WANTED: N_("Ikke ønsket"),
        MissingReason.NOT_REACHED: N_("Ikke nådd"),
        MissingReason.NOT_ASKED_YET: N_("Ikke spurt ennå"),
        MissingReason.MOVED: N_("Flyttet"),
        MissingReason.DEATH: N_("Dødsfall"),
        MissingReason.NOT_STARTED: N_("Ikke begynt"),
    },
    PauseReason: {
        PauseReason.CONSENT_LOST: N_("Samtykket falt bort"),
        PauseReason.YOUTHS_WISH: N_("Ungdommens ønske"),
        PauseReason.ILLNESS: N_("Sykdom"),
        PauseReason.AWAY: N_("Bortreist"),
        PauseReason.LADDER_STEP: N_("Etter et avvik"),
        PauseReason.COMPLAINT: N_("Klage"),
    },
    ProtectionLevel: {
        ProtectionLevel.CODE_6: N_("Strengt fortrolig adresse"),
        ProtectionLevel.CODE_7: N_("Fortrolig adresse"),
    },
    ReferralOrigin: {
        ReferralOrigin.CONCERN_TALK: N_("Bekymringssamtale"),
        ReferralOrigin.SCHOOL: N_("Skolen"),
        ReferralOrigin.GUARDIAN: N_("En foresatt"),
        ReferralOrigin.YOUTH: N_("Ungdommen"),
        ReferralOrigin.CHILD_WELFARE: N_("Barnevernet"),
        ReferralOrigin.POLICE: N_("Politiet"),
        ReferralOrigin.PROSECUTION: N_("Påtalemyndigheten"),
        ReferralOrigin.MEDIATION_SERVICE: N_("Konfliktrådet"),
        ReferralOrigin.COURT: N_("Domstolen"),
        ReferralOrigin.OTHER_AGENCY: N_("En annen tjeneste"),
    },
    TaskReason: {
        TaskReason.NO_CAPACITY: N_("Ikke kapasitet"),
        TaskReason.OWNER_LEFT: N_("Den ansvarlige er ute"),
        TaskReason.YOUTHS_WISH: N_("Ungdommens ønske"),
        TaskReason.NOT_POSSIBLE: N_("Ikke mulig"),
        TaskReason.NOT_NEEDED: N_("Trengs ikke"),
        TaskReason.REGISTERED_BY_MISTAKE: N_("Registrert ved en feil"),
    },
    Urgency: {
        Urgency.ORDINARY: N_("Vanlig"),
        Urgency.SOON: N_("Snart"),
        Urgency.ACUTE: N_("Akutt"),
    },
    YouthKnows: {
        YouthKnows.YES: N_("Ja"),
        YouthKnows.NO: N_("Nei"),
        YouthKnows.UNKNOWN: N_("Vet ikke"),
    },
    EndingReason: {
        EndingReason.COMPLETED: N_("Gjennomført"),
        EndingReason.BY_AGREEMENT: N_("Etter avtale"),
        EndingReason.CONSENT_WITHDRAWN: N_("Samtykket er trukket tilbake"),
        EndingReason.NEW_SANCTION: N_("Ny reaksjon"),
        EndingReason.MOVED: N_("Flyttet"),
        EndingReason.DEATH: N_("Dødsfall"),
        EndingReason.REGISTERED_BY_MISTAKE: N_("Registrert ved en feil"),
    },
    EvaluationKind: {
        EvaluationKind.MIDWAY: N_("Midtveisevaluering"),
        EvaluationKind.END: N_("Sluttevaluering"),
    },
    ReminderStep: {
        ReminderStep.BEFORE: N_("i forveien"),
        ReminderStep.ON_THE_DAY: N_("på dagen"),
    },
    EscalationLevel: {
        EscalationLevel.LEAD: N_("Den som leder saken"),
        EscalationLevel.UNIT_LEADER: N_("Enhetslederen"),
    },
    DeviationState: {
        DeviationState.REPORTED: N_("Meldt"),
        DeviationState.ASSESSED: N_("Vurdert"),
        DeviationState.FOLLOWED_UP: N_("Følges opp"),
        DeviationState.ESCALATED: N_("Løftet videre"),
        DeviationState.RESOLVED: N_("Fulgt opp"),
        DeviationState.DISMISSED: N_("Ikke et avvik"),
    },
    Status: {
        Status.OPENED: N_("Opprettet"),
        Status.AWAITING_SIGNATURES: N_("Venter på underskrifter"),
        Status.AWAITING_START: N_("Signert, ikke startet"),
        Status.AWAITING_PLAN: N_("Venter på ungdomsplan"),
        Status.RUNNING: N_("I gang"),
        Status.PAUSED: N_("På vent"),
        Status.ENDED: N_("Tiden er ute"),
        Status.CLOSED: N_("Avsluttet"),
    },
    Standing: {
        Standing.OPEN: N_("Løper"),
        Standing.PASSED: N_("Forfalt"),
        Standing.MET: N_("Innfridd"),
        Standing.CANCELLED: N_("Falt bort"),
    },
}
"""Every enumeration that is shown, with the word for each code."""

SEVERITY: dict[int, str] = {
    1: N_("1 – Til orientering"),
    2: N_("2 – Bør følges opp"),
    3: N_("3 – Alvorlig"),
    4: N_("4 – Akutt"),
}

ROLE_PURPOSE: dict[Role, str] = {
    Role.COORDINATOR: N_("Registrerer kontrakter, kaller inn til møter og følger fristene"),
    Role.YOUTH_COORDINATOR: N_("Registrerer kontrakter fra konfliktrådet og følger dem opp"),
    Role.AGENCY_MEMBER: N_("Deltar i nettverksgrupper, får varsler og melder avvik"),
    Role.UNIT_LEADER: N_("Leder en enhet og får beskjed når noe haster"),
    Role.RECORDS_OWNER: N_("Lager pakker til arkivet av avsluttede saker og registrerer arkivets kvittering"),
    Role.PRIVACY_OFFICER: N_(
        "Vurderer brudd på personopplysningssikkerheten og svarer på krav om egne opplysninger"
    ),
    Role.AUDITOR: N_("Kontrollerer hva som er gjort i sakene, uten å se navn"),
    Role.OPERATOR: N_("Passer på at tjenestene går, uten å se innhold"),
    Role.SERVICE: N_("Ikke en person"),
}

SERVICES: dict[str, str] = {
    "contracts": N_("Kontrakter"),
    "network": N_("Nettverk og møter"),
    "sharing": N_("Samtykke og deling"),
    "scheduler": N_("Frister"),
    "notifications": N_("Varsler"),
    "audit": N_("Kontrollogg"),
    "portal": N_("Sidene"),
}

DEADLINES: dict[str, tuple[str, str]] = {
    **MEETING_DEADLINES,
    **SANCTION_DEADLINES,
    **PRIVACY_DEADLINES,
    **ASKED_DEADLINES,
    **STANDING_DEADLINES,
    **FORUM_DEADLINES,
    **COHORT_DEADLINES,
    "D-01": (N_("Første nettverksmøte"), N_("Kontrakten er signert, og gruppen skal møtes tidlig.")),
    "D-03": (N_("Innkalling og saksliste"), N_("Møtet er satt opp, og innkallingen skal ut i god tid.")),
    "D-04": (N_("Neste nettverksmøte"), N_("Det er en stund siden forrige møte.")),
    "D-05": (N_("Månedlig oppfølgingsmøte"), N_("Det er en måned siden forrige møte.")),
    "D-08": (N_("Midtveisevaluering"), N_("Kontrakten er kommet halvveis.")),
    "D-09": (N_("Fornye samtykke"), N_("Samtykket går snart ut.")),
    "D-10": (N_("Skriftlig bekreftelse på samtykke"), N_("Samtykket ble gitt muntlig.")),
    "D-11": (
        N_("Avklare samtykke"),
        N_(
            "Samtykket er trukket tilbake, eller noen mangler. Gruppen bestemmer om kontrakten fortsatt virker."
        ),
    ),
    "D-11-CONTACT": (
        N_("Snakke med dem som bestemmer"),
        N_("Et samtykke er falt bort. Alle som bestemmer om det, skal høre fra den som leder saken."),
    ),
    "D-14": (N_("Vurdere avvik"), N_("Et avvik er meldt.")),
    "D-15": (N_("Følge opp avvik"), N_("Avviket er vurdert.")),
    "D-16": (N_("Forberede avslutning"), N_("Kontrakten nærmer seg slutten.")),
    "D-17": (N_("Sette opp sluttmøte"), N_("Kontrakten nærmer seg slutten.")),
    "D-18": (N_("Sluttevaluering"), N_("Kontrakten er ute.")),
    "D-21": (N_("Tilbakemelding fra barnevernet"), N_("Noen har meldt fra, og barnevernet skal svare.")),
    "D-37": (N_("Kontrollere adressesperre på nytt"), N_("Saken har adressesperre.")),
    "C-LEAD-TOLD": (
        N_("Fortelle ungdommen hvem som leder saken"),
        N_("Saken har fått ny leder, og det er ikke ført opp at ungdommen vet det."),
    ),
    "D-29": (
        N_("Bekrefte hvem som bestemmer"),
        N_("Foreldreansvar kan endres uten at noen sier fra, eller saken har fått ny leder."),
    ),
    "C4-LEADER": (
        N_("Få en leder til å bekrefte en endring i hvem som bestemmer"),
        N_("Til da trengs det fortsatt ja fra dem som bestemte før, og ingen kan spørres på nytt."),
    ),
    "D-26": (
        N_("Ungdommen fyller 15 år"),
        N_("Fra den dagen må ungdommen selv si ja til deling, sammen med foresatte."),
    ),
    "D-27": (
        N_("Ungdommen fyller 16 år"),
        N_("Fra den dagen kan ungdommen bestemme mer om egen helse. Se over samtykkene."),
    ),
    "D-28": (
        N_("Ungdommen fyller 18 år"),
        N_("Fra den dagen samtykker ungdommen alene, og foresatte ser ikke lenger noe. Be om nye samtykker."),
    ),
    "D-36": (
        N_("Gå gjennom tilgangene"),
        N_("Det er et halvt år siden noen så på hvem som har tilgang til saken."),
    ),
    "D-36-MEMBER": (
        N_("Gå gjennom tilgangene"),
        N_("Gruppen er endret. Se på hvem som har tilgang til saken nå."),
    ),
    "D-30": (
        N_("Vurdere oppbevaring"),
        N_("Saken er avsluttet, og det skal avgjøres hva som skjer med innholdet."),
    ),
    "D-31": (N_("Avlevere eller slette"), N_("Det er avgjort hva som skal skje med innholdet.")),
    "C4-RECEIPT": (
        N_("Svare på hva som er gjort"),
        N_("Et samtykke er trukket, og noen hadde sett det som ble delt."),
    ),
    **DISCLOSURE_DEADLINES,
    "D-35": (
        N_("Si fra at henvendelsen er mottatt"),
        N_("Den som henvendte seg, skal vite at henvendelsen er kommet fram."),
    ),
    "D-21-WRITTEN": (
        N_("Bekrefte meldingen skriftlig"),
        N_("Du meldte fra muntlig, og den som fikk meldingen, skal ha den skriftlig også."),
    ),
    "D-34": (N_("Sile henvendelsen"), N_("Det er kommet en henvendelse.")),
    "D-32": (
        N_("Slette det en avslått henvendelse la igjen"),
        N_("Henvendelsen ble ikke til en sak. Systemet sletter etter tre måneder."),
    ),
    "C-UNSIGNED": (
        N_("Signere kontrakten"),
        N_("Kontrakten er registrert, og ikke alle har signert. Den faller bort når fristen er ute."),
    ),
    "C-CHANGE": (
        N_("Signere endringen av kontrakten"),
        N_(
            "En endring av kontrakten er foreslått, og ikke alle har signert. Den faller bort når fristen er ute."
        ),
    ),
    "C-START": (N_("Kontrakten starter"), N_("Alle har signert, og startdatoen kommer.")),
}
"""Catalogue ids: what the deadline is called, and why it runs. One that is not here is shown by its id."""

MUNICIPALITIES: dict[str, str] = NORDLAND
"""The municipalities of Nordland by number; proper names, the same in both languages."""


WHY: dict[str, str] = {
    "REDACTED": N_("Teksten er sladdet og vises ikke for noen"),
    "PRIVATE_NOTE": N_("Et privat notat vises bare for den som skrev det"),
    "NOT_ISSUED": N_("Et utkast vises bare for dem som skriver referatet"),
    "FOR_LEAD": N_("Teksten er til den som leder saken"),
    "NO_STAFF_ROLE": N_("Bare de som følger opp ungdommer, kan be om å få se opplysninger i en sak."),
    "CASE_HELD": N_("Saken er stanset mens noe blir undersøkt. Prøv igjen senere."),
    "STOPPED": N_("Tilgangen din til saken er stengt."),
    "NOT_MEMBER": N_("Du er ikke med i nettverksgruppen. Den som leder saken, kan ta deg inn."),
    "OTHER_AGENCY": N_("Du er med i gruppen for en annen tjeneste enn den du er logget inn for."),
    "SECRECY_NOT_DECLARED": N_("Du må bekrefte taushetsplikten før du kan se noe i saken."),
    "YOUTH_IS_ADULT": N_("Ungdommen er fylt 18 år og må samtykke på nytt selv."),
    "UNKNOWN_REFERENCE": N_("Opplysningen hører ikke til denne saken."),
    "CONSENT_WITHDRAWN": N_("Samtykket er trukket tilbake."),
    "CONSENT_WITHDRAWN_FOR_AGENCY": N_("Samtykket er trukket tilbake for denne tjenesten."),
    "CONSENT_REFUSED": N_("Noen som må samtykke, har sagt nei."),
    "CONSENT_EXPIRED": N_("Samtykket har gått ut. Det må bes om et nytt."),
    "CONTRACT_ENDED": N_("Kontrakten eller ungdomsplanen er over, og da gjelder ikke samtykket lenger."),
    "CASE_CLOSED": N_("Saken er avsluttet."),
    "CERTIFICATE_NOT_SHOWN": N_("Mentoren må vise politiattest før noe åpnes."),
    "PROTECTED": N_("Saken har adressesperre. Bare den som er klarert ved navn, får se dette."),
    "CASE_ERASED": N_("Innholdet i saken er slettet."),
    "CONSENT_SUPERSEDED": N_("Et nyere samtykke har tatt over."),
    "CONSENT_LAPSED": N_("Ingen svarte i tide. Det må bes om samtykke på nytt."),
    "CONSENT_INCOMPLETE": N_("Ikke alle som må samtykke, har sagt ja ennå."),
    "CONSENT_TO_BE_RENEWED": N_(
        "Ungdommen er fylt 18 år siden samtykket ble gitt, og må selv si ja på nytt. Be om et nytt samtykke."
    ),
    "CONSENT_OTHERS_DECIDE": N_(
        "Andre bestemmer for ungdommen nå enn da samtykket ble gitt. Be om et nytt samtykke."
    ),
    "GUARDIAN_RESTRICTED": N_("Den foresatte holdes utenfor saken og får ingen opplysninger."),
    "GUARDIAN_REMOVED": N_("Personen er ikke lenger foresatt i saken."),
    "CARE_TAKEN_OVER": N_(
        "Barnevernet har omsorgen, og vedtaket gir ikke foreldrene opplysninger. Spør barnevernet."
    ),
    "WITHOUT_RESPONSIBILITY": N_(
        "Forelderen har ikke foreldreansvar og får ikke opplysninger som foresatt. Det kan klages til statsforvalteren."
    ),
    "CONSENT_NOT_YET_VALID": N_("Samtykket har ikke begynt å gjelde ennå."),
    "NO_BASIS": N_("Det finnes ikke noe samtykke til å dele dette med tjenesten din."),
    "CONTENT_GONE": N_("Innholdet er slettet eller kan ikke leses."),
}
"""What the gate's reasons for refusing mean, and what is missing."""

BASIS: dict[str, str] = {
    "WITHIN_BODY": N_("Opplysningen er fra din egen tjeneste"),
    "OWN_CONTENT": N_("Du la den inn selv"),
    "CASE_LEAD": N_("Du leder saken"),
    "PARTICIPATION": N_("Du er med i nettverksgruppen"),
    "CONSENT": N_("Samtykke"),
    "DISCLOSURE": N_("Delt uten samtykke, med hjemmel i lov"),
}
"""What the gate's permissions rest on."""


NOTICES: dict[str, str] = {
    **MEETING_NOTICES,
    "MEETING_CALLED": N_("Du er invitert til møte"),
    "CLEARED": N_("Du er klarert for en sak med adressesperre"),
    "CLEARANCE_NEEDED": N_(
        "En som er tatt inn i gruppen, er ikke klarert for saken. Be lederen av enheten klarere vedkommende"
    ),
    "MEMBER_JOINED": N_("Du er tatt inn i en nettverksgruppe"),
    "DEVIATION_REPORTED": N_("Det er meldt et avvik"),
    "CONSENT_WITHDRAWN": N_("Et samtykke er trukket tilbake"),
    "OTHERS_DECIDE_SOON": N_("Ungdommen kommer snart i en ny aldersgruppe. Se hvem som må samtykke da"),
    "OTHERS_DECIDE_NOW": N_("Ungdommen er i en ny aldersgruppe. Se over samtykkene"),
    "RECEIPT_REQUESTED": N_(
        "Et samtykke er trukket. Slutt å bruke det du har sett, og si fra hva du har gjort"
    ),
    "DEADLINE_REMINDED": N_("En frist nærmer seg"),
    "DEADLINE_PASSED": N_("En frist er gått ut"),
    "DEADLINE_MOVED": N_("En frist er flyttet"),
    "DEADLINE_ESCALATED": N_("En frist i enheten din er ute, og ingen har gjort noe med den"),
    "YOU_LEAD": N_("Du leder nå en sak"),
    "LEAD_CHANGED": N_("Saken har fått en ny leder"),
    "CASE_PAUSED": N_("Saken er satt på vent"),
    "CASE_RESUMED": N_("Saken er tatt opp igjen"),
    "CASE_CLOSED": N_("Saken er avsluttet"),
    "DEADLINE_REOPENED": N_("En frist venter igjen, fordi det som innfridde den, er strøket"),
    "REGISTRATION_CORRECTED": N_("Noe du har fått varsel om, er rettet eller strøket. Se hva som gjelder"),
    "TEXT_CORRECTED": N_("Et dokument du har lest, er rettet, strøket eller sladdet. Se hva som gjelder"),
}
"""What a notice in the inbox says; one that is not here says that there is something."""

IDENTITY_FIELDS: dict[str, str] = {
    "name": N_("Navn"),
    "birth_on": N_("Født"),
    "national_id": N_("Fødselsnummer"),
    "contact": N_("Kontakt"),
    "title": N_("Tittel"),
}
"""The named parts of a content in the vault."""

PARKED: dict[str, str] = {
    "UNREADABLE": N_("Kan ikke leses"),
    "FORK": N_("To hendelser med samme nummer"),
    "AHEAD": N_("Venter på en som mangler"),
    "BUG": N_("Feil i programmet"),
    "BEHIND": N_("Venter bak en annen"),
}
"""Why an event is parked."""


def word(code: StrEnum | None) -> str:
    """The bokmål word for a code, to be translated where it is shown."""
    return "–" if code is None else WORDS.get(type(code), {}).get(code, str(code))


def deadline_name(kind: str, *, sanction: bool = False) -> str:
    """What a deadline of the catalogue is called; in a sanction there is a plan and not a contract, and brudd for avvik."""
    if sanction and kind in IN_SANCTIONS:
        return IN_SANCTIONS[kind][0]
    return DEADLINES[kind][0] if kind in DEADLINES else kind


def deadline_reason(kind: str, *, sanction: bool = False) -> str:
    """Why a deadline of the catalogue runs."""
    if sanction and kind in IN_SANCTIONS:
        return IN_SANCTIONS[kind][1]
    return DEADLINES[kind][1] if kind in DEADLINES else N_("Satt av fristkatalogen.")


def municipality(number: str | None) -> str:
    """A municipality's name, or its number when it is not one of ours."""
    return MUNICIPALITIES.get(number or "", number or "–")
