"""The codes that events carry in place of words: one enumeration a term, the wire value being the member's name.

The words themselves, in bokmål and nynorsk, live where they are shown; see docs/glossary.md.
"""

from __future__ import annotations

from enum import StrEnum


class Programme(StrEnum):
    """What the youth is followed up under."""

    FA_YOUTH_CONTRACT = "FA_YOUTH_CONTRACT"
    FA_SUBSTANCE_CONTRACT = "FA_SUBSTANCE_CONTRACT"
    YOUTH_FOLLOW_UP = "YOUTH_FOLLOW_UP"
    YOUTH_PENALTY = "YOUTH_PENALTY"


class AgeBand(StrEnum):
    """Age on the day a rule looks, as coarse as the rules need; never the age or the birth date."""

    UNDER_12 = "UNDER_12"
    AGE_12_14 = "AGE_12_14"
    AGE_15 = "AGE_15"
    AGE_16_17 = "AGE_16_17"
    ADULT = "ADULT"


class Agency(StrEnum):
    """A body or role that information flows from or to."""

    FELLES_ANSVAR = "FELLES_ANSVAR"
    KOMMUNE_SLT = "KOMMUNE_SLT"
    POLITI_FOREBYGGENDE = "POLITI_FOREBYGGENDE"
    PATALEMYNDIGHET = "PATALEMYNDIGHET"
    BARNEVERN = "BARNEVERN"
    SKOLE_GRUNN = "SKOLE_GRUNN"
    SKOLE_VGS = "SKOLE_VGS"
    OPPFOLGINGSTJENESTE = "OPPFOLGINGSTJENESTE"
    PPT = "PPT"
    BUP = "BUP"
    SKOLEHELSETJENESTE = "SKOLEHELSETJENESTE"
    FASTLEGE = "FASTLEGE"
    NAV = "NAV"
    KONFLIKTRAAD = "KONFLIKTRAAD"
    KRIMINALOMSORG = "KRIMINALOMSORG"
    FRITID = "FRITID"
    UTEKONTAKT = "UTEKONTAKT"
    FRIVILLIG_ORG = "FRIVILLIG_ORG"
    MENTOR = "MENTOR"
    KRISESENTER = "KRISESENTER"
    BARNEHUS = "BARNEHUS"
    ADVOKAT = "ADVOKAT"
    TOLK = "TOLK"
    FYLKESKOMMUNE = "FYLKESKOMMUNE"
    PRIVATE_NETWORK = "PRIVATE_NETWORK"


class Function(StrEnum):
    """What somebody is in a network group or follow-up team."""

    LEAD = "LEAD"
    DEPUTY = "DEPUTY"
    SECRETARY = "SECRETARY"
    CONTACT_PERSON = "CONTACT_PERSON"
    CONTROL_OWNER = "CONTROL_OWNER"
    SUPPORT_OWNER = "SUPPORT_OWNER"
    GUARDIAN = "GUARDIAN"
    YOUTH = "YOUTH"
    ADVISER = "ADVISER"
    OBSERVER = "OBSERVER"
    MENTOR = "MENTOR"
    CHILD_COORDINATOR = "CHILD_COORDINATOR"


class Category(StrEnum):
    """What a piece of content is about; each has exactly one main category, and consent names categories."""

    IDENTITY_CONTACT = "IDENTITY_CONTACT"
    ADDRESS = "ADDRESS"
    CASE_STATUS = "CASE_STATUS"
    SCHOOL_ATTENDANCE = "SCHOOL_ATTENDANCE"
    SCHOOL_BEHAVIOUR = "SCHOOL_BEHAVIOUR"
    PPT_ASSESSMENT = "PPT_ASSESSMENT"
    CHILD_WELFARE_MEASURE = "CHILD_WELFARE_MEASURE"
    HEALTH_GENERAL = "HEALTH_GENERAL"
    HEALTH_MENTAL = "HEALTH_MENTAL"
    SUBSTANCE_USE = "SUBSTANCE_USE"
    DRUG_TEST = "DRUG_TEST"
    CRIMINAL_OFFENCE = "CRIMINAL_OFFENCE"
    POLICE_CONCERN = "POLICE_CONCERN"
    VICTIM_INFO = "VICTIM_INFO"
    FAMILY = "FAMILY"
    ECONOMY_HOUSING = "ECONOMY_HOUSING"
    LEISURE = "LEISURE"
    NETWORK_PERSONS = "NETWORK_PERSONS"
    LANGUAGE_ETHNICITY = "LANGUAGE_ETHNICITY"
    EVALUATION_SCORE = "EVALUATION_SCORE"


class Reason(StrEnum):
    """Why the youth is offered a contract (reason code of the registration)."""

    VIOLENCE = "VIOLENCE"
    THREATS = "THREATS"
    THEFT = "THEFT"
    VANDALISM = "VANDALISM"
    SUBSTANCE_USE = "SUBSTANCE_USE"
    DIGITAL_ABUSE = "DIGITAL_ABUSE"
    SCHOOL_ABSENCE = "SCHOOL_ABSENCE"
    DROP_IN_ENVIRONMENT = "DROP_IN_ENVIRONMENT"
    OTHER_CONCERN = "OTHER_CONCERN"


class ReferralOrigin(StrEnum):
    """Where a referral (henvendelse) comes from."""

    CONCERN_TALK = "CONCERN_TALK"
    SCHOOL = "SCHOOL"
    GUARDIAN = "GUARDIAN"
    YOUTH = "YOUTH"
    CHILD_WELFARE = "CHILD_WELFARE"
    POLICE = "POLICE"
    PROSECUTION = "PROSECUTION"
    MEDIATION_SERVICE = "MEDIATION_SERVICE"
    COURT = "COURT"
    OTHER_AGENCY = "OTHER_AGENCY"


class Urgency(StrEnum):
    """How fast a referral must be looked at."""

    ORDINARY = "ORDINARY"
    SOON = "SOON"
    ACUTE = "ACUTE"


class YouthKnows(StrEnum):
    """Whether the youth knows of the referral."""

    YES = "YES"
    NO = "NO"
    UNKNOWN = "UNKNOWN"


class DeclineReason(StrEnum):
    """Why a referral was declined or sent on."""

    UNDER_12 = "UNDER_12"
    OUTSIDE_TARGET_GROUP = "OUTSIDE_TARGET_GROUP"
    YOUTH_DECLINES = "YOUTH_DECLINES"
    GUARDIANS_DECLINE = "GUARDIANS_DECLINE"
    HELPED_ELSEWHERE = "HELPED_ELSEWHERE"
    NO_CONTACT = "NO_CONTACT"
    CANNOT_BE_OPENED = "CANNOT_BE_OPENED"


class CriminalTrack(StrEnum):
    """Whether an offence stands behind the case, and what the prosecution has said to a contract."""

    NONE = "NONE"
    ALTERNATIVE_ACCEPTED = "ALTERNATIVE_ACCEPTED"
    AFTER_MEDIATION = "AFTER_MEDIATION"


class PauseReason(StrEnum):
    """Why a case is paused."""

    CONSENT_LOST = "CONSENT_LOST"
    YOUTHS_WISH = "YOUTHS_WISH"
    ILLNESS = "ILLNESS"
    AWAY = "AWAY"
    LADDER_STEP = "LADDER_STEP"
    COMPLAINT = "COMPLAINT"


class CaseOutcome(StrEnum):
    """What came of a case, as the lead and the youth see it; never a score of the youth."""

    GOALS_REACHED = "GOALS_REACHED"
    GOALS_PARTLY_REACHED = "GOALS_PARTLY_REACHED"
    GOALS_NOT_REACHED = "GOALS_NOT_REACHED"
    OTHER_HELP = "OTHER_HELP"
    NOT_ASSESSED = "NOT_ASSESSED"


class TaskReason(StrEnum):
    """Why a task was not done, or is no longer wanted."""

    NO_CAPACITY = "NO_CAPACITY"
    OWNER_LEFT = "OWNER_LEFT"
    YOUTHS_WISH = "YOUTHS_WISH"
    NOT_POSSIBLE = "NOT_POSSIBLE"
    NOT_NEEDED = "NOT_NEEDED"
    REGISTERED_BY_MISTAKE = "REGISTERED_BY_MISTAKE"


class ClauseKind(StrEnum):
    """What a clause of a contract or a measure of a plan is about."""

    SCHOOL = "SCHOOL"
    HOMEWORK = "HOMEWORK"
    WORK_TRAINING = "WORK_TRAINING"
    LEISURE = "LEISURE"
    ANGER_CONTROL = "ANGER_CONTROL"
    DRUG_CONTROL = "DRUG_CONTROL"
    TREATMENT = "TREATMENT"
    STAY_PROHIBITION = "STAY_PROHIBITION"
    NO_CONTACT = "NO_CONTACT"
    HOME_AT_FIXED_TIME = "HOME_AT_FIXED_TIME"
    MENTOR = "MENTOR"
    MEDIATION = "MEDIATION"
    FAMILY_SUPPORT = "FAMILY_SUPPORT"
    ECONOMY_HOUSING = "ECONOMY_HOUSING"
    REPORTING = "REPORTING"
    OTHER_SUPPORT = "OTHER_SUPPORT"


class LadderStep(StrEnum):
    """A step that a person may take after a deviation: F1 to F6 in the voluntary programmes, U1 to U5 in the sanctions."""

    F1_TALK_WITH_CONTACT = "F1_TALK_WITH_CONTACT"
    F2_COORDINATOR_TALK = "F2_COORDINATOR_TALK"
    F3_ADJUST_OR_SUPPORT = "F3_ADJUST_OR_SUPPORT"
    F4_EXTRA_MEETING = "F4_EXTRA_MEETING"
    F5_PAUSE = "F5_PAUSE"
    F6_END_BY_AGREEMENT = "F6_END_BY_AGREEMENT"
    U1_ORAL_WARNING = "U1_ORAL_WARNING"
    U2_BREACH_TALK = "U2_BREACH_TALK"
    U3_STRICTER_TERMS = "U3_STRICTER_TERMS"
    U4_NEW_PLAN = "U4_NEW_PLAN"
    U5_END = "U5_END"


class SkipReason(StrEnum):
    """Why a suggested step was not taken."""

    ALREADY_DONE = "ALREADY_DONE"
    OTHER_STEP_FITS = "OTHER_STEP_FITS"
    YOUTHS_SITUATION = "YOUTHS_SITUATION"
    AGENCY_FAILED = "AGENCY_FAILED"
    NOT_SERIOUS = "NOT_SERIOUS"


class DismissalReason(StrEnum):
    """Why a reported deviation was none."""

    DID_NOT_HAPPEN = "DID_NOT_HAPPEN"
    WAS_AGREED = "WAS_AGREED"
    REPORTED_TWICE = "REPORTED_TWICE"
    REGISTERED_BY_MISTAKE = "REGISTERED_BY_MISTAKE"


class GoalAssessor(StrEnum):
    """Who judges how far a goal was reached."""

    YOUTH = "YOUTH"
    GUARDIAN = "GUARDIAN"
    LEAD = "LEAD"


class CancelReason(StrEnum):
    """Why a meeting was cancelled or moved."""

    YOUTH_CANNOT = "YOUTH_CANNOT"
    GUARDIAN_CANNOT = "GUARDIAN_CANNOT"
    AGENCY_CANNOT = "AGENCY_CANNOT"
    INTERPRETER_MISSING = "INTERPRETER_MISSING"
    NOT_NEEDED = "NOT_NEEDED"
    NOT_POSSIBLE = "NOT_POSSIBLE"
    """It cannot be held now; why is told to nobody."""
    REGISTERED_BY_MISTAKE = "REGISTERED_BY_MISTAKE"


class Reply(StrEnum):
    """What somebody answers to a call."""

    COMES = "COMES"
    CANNOT = "CANNOT"
    UNSURE = "UNSURE"


class MissingReason(StrEnum):
    """Why something that belongs there is missing: an end evaluation, the youth's own account, an answer."""

    NOT_WANTED = "NOT_WANTED"
    NOT_REACHED = "NOT_REACHED"
    NOT_ASKED_YET = "NOT_ASKED_YET"
    MOVED = "MOVED"
    DEATH = "DEATH"
    NOT_STARTED = "NOT_STARTED"


class SignerRole(StrEnum):
    """In what capacity somebody signs or consents; BARNEVERN is the child welfare service that has taken over care, by its named person."""

    YOUTH = "YOUTH"
    GUARDIAN = "GUARDIAN"
    BARNEVERN = "BARNEVERN"


class SigningMethod(StrEnum):
    """How a signature or a consent was given."""

    PAPER = "PAPER"
    ORAL_IN_MEETING = "ORAL_IN_MEETING"
    PORTAL_EID = "PORTAL_EID"


class ConsentKind(StrEnum):
    """The four things that are never bundled in one tick box."""

    PARTICIPATION = "PARTICIPATION"
    SECRECY_RELEASE = "SECRECY_RELEASE"
    EXTRA = "EXTRA"
    HEALTH = "HEALTH"


class ConsentEffect(StrEnum):
    """What a consent is worth at a moment, all required signers taken together."""

    NONE = "NONE"
    EFFECTIVE = "EFFECTIVE"


class EffectReason(StrEnum):
    """Why the effect of a consent changed, when none of its signers answered."""

    OTHERS_DECIDE = "OTHERS_DECIDE"


class SignerExcuse(StrEnum):
    """Why a guardian's yes is not needed; a leader confirms it."""

    UNREACHABLE = "UNREACHABLE"
    NO_PARENTAL_RESPONSIBILITY = "NO_PARENTAL_RESPONSIBILITY"
    CHILD_WELFARE_HAS_CARE = "CHILD_WELFARE_HAS_CARE"
    SPECIAL_GUARDIAN_APPOINTED = "SPECIAL_GUARDIAN_APPOINTED"
    RISK_TO_YOUTH = "RISK_TO_YOUTH"


class WithdrawalConsequence(StrEnum):
    """What a withdrawal of consent means for the case."""

    NOTHING_RESTED_ON_IT = "NOTHING_RESTED_ON_IT"
    PARTICIPATION_ENDS = "PARTICIPATION_ENDS"
    SHARING_NARROWED = "SHARING_NARROWED"
    CONTRACT_PAUSES = "CONTRACT_PAUSES"
    CASE_WINDS_UP = "CASE_WINDS_UP"
    EXTRA_SHARING_STOPS = "EXTRA_SHARING_STOPS"


class LegalBasis(StrEnum):
    """What information may be given on without consent; the provisions stand in the rules of the sharing service."""

    ANONYMISED = "ANONYMISED"
    PURPOSE_OF_COLLECTION = "PURPOSE_OF_COLLECTION"
    OWN_TASKS = "OWN_TASKS"
    STATUS_AND_DECISIONS = "STATUS_AND_DECISIONS"
    REPORT_OFFENCE = "REPORT_OFFENCE"
    DANGER = "DANGER"
    AVERT_CRIME = "AVERT_CRIME"
    RESCUE = "RESCUE"
    WRONGFUL_CHARGE = "WRONGFUL_CHARGE"
    CHILD_WELFARE_REPORT = "CHILD_WELFARE_REPORT"
    CHILD_WELFARE_ORDER = "CHILD_WELFARE_ORDER"
    HEALTH_PROVISION = "HEALTH_PROVISION"
    POLICE_DISCLOSURE = "POLICE_DISCLOSURE"
    KRL_SHARING = "KRL_SHARING"
    COURT_OR_PROSECUTION_ORDER = "COURT_OR_PROSECUTION_ORDER"
    STATISTICS = "STATISTICS"


class GivenHow(StrEnum):
    """How information was given."""

    IN_THE_SYSTEM = "IN_THE_SYSTEM"
    ORALLY = "ORALLY"
    ON_PAPER = "ON_PAPER"


class DeferralGround(StrEnum):
    """Why the youth is not told yet that information was given."""

    INVESTIGATION = "INVESTIGATION"
    DANGER_TO_SOMEBODY = "DANGER_TO_SOMEBODY"
    YOUTHS_HEALTH = "YOUTHS_HEALTH"


class GuardiansNotTold(StrEnum):
    """Why the guardians are not told that information was given."""

    YOUTH_DECIDES_ALONE = "YOUTH_DECIDES_ALONE"
    YOUTH_ASKED = "YOUTH_ASKED"
    DANGER_TO_SOMEBODY = "DANGER_TO_SOMEBODY"
    INVESTIGATION = "INVESTIGATION"
    KEPT_OUT = "KEPT_OUT"
    NOT_REACHED = "NOT_REACHED"


class DutyToAct(StrEnum):
    """A duty that is a person's own, with nobody in between."""

    CHILD_WELFARE_REPORT = "CHILD_WELFARE_REPORT"
    AVERT_CRIME = "AVERT_CRIME"
    RESCUE = "RESCUE"


class ReportMethod(StrEnum):
    """How somebody acted on a duty."""

    TELEPHONE = "TELEPHONE"
    IN_PERSON = "IN_PERSON"
    IN_WRITING = "IN_WRITING"


class ReceiptAnswer(StrEnum):
    """What was done with content whose consent was taken back."""

    NOT_USED_ANY_MORE = "NOT_USED_ANY_MORE"
    COPIES_DESTROYED = "COPIES_DESTROYED"
    KEPT_AS_OWN_RECORD = "KEPT_AS_OWN_RECORD"


class RetentionOutcome(StrEnum):
    """What becomes of the content of a closed case."""

    DESTROY = "DESTROY"
    ARCHIVE_THEN_REMOVE = "ARCHIVE_THEN_REMOVE"
    KEEP = "KEEP"


class RetentionBasis(StrEnum):
    """What that decision rests on."""

    NO_DUTY_TO_KEEP = "NO_DUTY_TO_KEEP"
    DISCARD_RULE = "DISCARD_RULE"
    ARCHIVE_DUTY = "ARCHIVE_DUTY"
    COMPLAINT_OPEN = "COMPLAINT_OPEN"
    REGISTERED_BY_MISTAKE = "REGISTERED_BY_MISTAKE"


class ProtectionLevel(StrEnum):
    """Address protection: strictly confidential (strengt fortrolig, code 6) or confidential (fortrolig, code 7)."""

    CODE_6 = "CODE_6"
    CODE_7 = "CODE_7"


class Purpose(StrEnum):
    """What information is asked for or given for."""

    FOLLOW_UP = "FOLLOW_UP"
    MEETING = "MEETING"
    TASK = "TASK"
    CASE_LIST = "CASE_LIST"
    NOTICE = "NOTICE"
    AUDIT = "AUDIT"


class AuditPurpose(StrEnum):
    """Why an auditor looks at a case or asks the log a question; a code, since a reason in free text could name somebody."""

    INTERNAL_CONTROL = "INTERNAL_CONTROL"
    SUPERVISION = "SUPERVISION"
    COMPLAINT = "COMPLAINT"
    SUBJECT_ACCESS = "SUBJECT_ACCESS"
    INCIDENT = "INCIDENT"


class AuditQuestion(StrEnum):
    """What an auditor asks across cases."""

    OPENINGS = "OPENINGS"
    DENIED = "DENIED"
    WITHOUT_CONSENT = "WITHOUT_CONSENT"
    UNUSUAL = "UNUSUAL"
    AFTER_WITHDRAWAL = "AFTER_WITHDRAWAL"
    RECEIPTS_MISSING = "RECEIPTS_MISSING"
    CORRECTIONS = "CORRECTIONS"
    PARKED = "PARKED"
    DISCARDED = "DISCARDED"
    REDECIDED = "REDECIDED"
    """Decisions of a time made again; their records are handed to the gate, a step of cases at a time."""


class Outcome(StrEnum):
    """What the gate answered for one reference."""

    PERMIT = "PERMIT"
    DENY = "DENY"


class MeetingKind(StrEnum):
    """What a meeting is for."""

    NETWORK = "NETWORK"
    FOLLOW_UP = "FOLLOW_UP"
    YOUTH_PLAN = "YOUTH_PLAN"
    RESTORATIVE = "RESTORATIVE"
    MEDIATION = "MEDIATION"
    BREACH_TALK = "BREACH_TALK"
    KOG = "KOG"
    END_EVALUATION = "END_EVALUATION"


class MeetingMode(StrEnum):
    """How people meet."""

    IN_PERSON = "IN_PERSON"
    VIDEO = "VIDEO"


class AgendaItemKind(StrEnum):
    """What an item of an agenda (saksliste) is about; the first is fixed, and stands by itself in a group's first meeting."""

    WHO_MAY_SAY_WHAT = "WHO_MAY_SAY_WHAT"
    YOUTHS_OWN_WORDS = "YOUTHS_OWN_WORDS"
    SINCE_LAST_TIME = "SINCE_LAST_TIME"
    GOALS = "GOALS"
    CLAUSES = "CLAUSES"
    TASKS = "TASKS"
    OTHER = "OTHER"


class AgendaOutcome(StrEnum):
    """What came of an item of an agenda."""

    AGREED = "AGREED"
    AGREED_IN_PART = "AGREED_IN_PART"
    NOT_AGREED = "NOT_AGREED"
    TALKED_ABOUT = "TALKED_ABOUT"
    DROPPED = "DROPPED"


class AbsenceReason(StrEnum):
    """Why somebody was not at a meeting. The last four are failures of the services, and never count as the person's own."""

    ILL = "ILL"
    SCHOOL_OR_WORK = "SCHOOL_OR_WORK"
    AWAY = "AWAY"
    DID_NOT_WANT = "DID_NOT_WANT"
    NO_MESSAGE = "NO_MESSAGE"
    NOT_STATED = "NOT_STATED"
    CALL_NOT_RECEIVED = "CALL_NOT_RECEIVED"
    NO_INTERPRETER = "NO_INTERPRETER"
    NO_TRANSPORT = "NO_TRANSPORT"
    NO_CAPACITY = "NO_CAPACITY"


class InterpreterRefusal(StrEnum):
    """Why no interpreter comes to a meeting where one was needed."""

    NOT_WANTED = "NOT_WANTED"
    NONE_AVAILABLE = "NONE_AVAILABLE"
    NOT_NEEDED_AFTER_ALL = "NOT_NEEDED_AFTER_ALL"


class MinutesChange(StrEnum):
    """Why minutes (referat) that had been issued were corrected."""

    WRONG_FACT = "WRONG_FACT"
    SOMETHING_MISSING = "SOMETHING_MISSING"
    COMMENT_TAKEN_IN = "COMMENT_TAKEN_IN"
    SAYS_TOO_MUCH = "SAYS_TOO_MUCH"


class HasOne(StrEnum):
    """Whether the youth has something that others lead: a child coordinator, an individual plan."""

    YES = "YES"
    NO = "NO"
    ASKED = "ASKED"


class MediationParty(StrEnum):
    """In what capacity somebody takes part in a mediation beside the youth."""

    VICTIM = "VICTIM"
    VICTIMS_SUPPORT = "VICTIMS_SUPPORT"


class MediationOutcome(StrEnum):
    """What came of a mediation."""

    AGREEMENT = "AGREEMENT"
    NO_AGREEMENT = "NO_AGREEMENT"
    VICTIM_DECLINED = "VICTIM_DECLINED"
    NOT_HELD = "NOT_HELD"


class ForumKind(StrEnum):
    """Which forum without cases."""

    KOG = "KOG"
    STEERING = "STEERING"
    COORDINATION = "COORDINATION"
    POLICE_COUNCIL = "POLICE_COUNCIL"
    GATHERING = "GATHERING"


class ForumAdvice(StrEnum):
    """What a forum advised about a matter that it was told of without any name."""

    SUITABLE_FOR_FOLLOW_UP = "SUITABLE_FOR_FOLLOW_UP"
    OTHER_MEASURE = "OTHER_MEASURE"
    MORE_FACTS_NEEDED = "MORE_FACTS_NEEDED"
    REPORT_CONCERN = "REPORT_CONCERN"
    NO_ADVICE = "NO_ADVICE"


class EvaluationKind(StrEnum):
    """Which evaluation of a contract or plan."""

    MIDWAY = "MIDWAY"
    END = "END"


class DeviationKind(StrEnum):
    """What was not as agreed; one list, the programme decides the word (avvik or brudd)."""

    MEETING_NO_SHOW = "MEETING_NO_SHOW"
    LATE = "LATE"
    SCHOOL_ABSENCE = "SCHOOL_ABSENCE"
    SCHOOL_CONDUCT = "SCHOOL_CONDUCT"
    CURFEW = "CURFEW"
    SUBSTANCE_USE = "SUBSTANCE_USE"
    TEST_POSITIVE = "TEST_POSITIVE"
    TEST_REFUSED = "TEST_REFUSED"
    NEW_OFFENCE_SUSPECTED = "NEW_OFFENCE_SUSPECTED"
    NEW_OFFENCE_CONFIRMED = "NEW_OFFENCE_CONFIRMED"
    CONTACT_WITH_PERSON = "CONTACT_WITH_PERSON"
    PLACE_BAN = "PLACE_BAN"
    TASK_NOT_DONE_BY_YOUTH = "TASK_NOT_DONE_BY_YOUTH"
    TASK_NOT_DONE_BY_AGENCY = "TASK_NOT_DONE_BY_AGENCY"
    AGENCY_ABSENT = "AGENCY_ABSENT"
    GUARDIAN_COOPERATION = "GUARDIAN_COOPERATION"
    INFO_SHARED_OUTSIDE_SCOPE = "INFO_SHARED_OUTSIDE_SCOPE"
    THREAT = "THREAT"
    SAFETY_YOUTH = "SAFETY_YOUTH"
    SAFETY_OTHERS = "SAFETY_OTHERS"
    TRAVEL_WITHOUT_LEAVE = "TRAVEL_WITHOUT_LEAVE"
    NO_CONTACT = "NO_CONTACT"


class EndingReason(StrEnum):
    """Why a contract ended before its end date, or a case was closed."""

    COMPLETED = "COMPLETED"
    BY_AGREEMENT = "BY_AGREEMENT"
    CONSENT_WITHDRAWN = "CONSENT_WITHDRAWN"
    NEW_SANCTION = "NEW_SANCTION"
    MOVED = "MOVED"
    DEATH = "DEATH"
    REGISTERED_BY_MISTAKE = "REGISTERED_BY_MISTAKE"


class ReminderStep(StrEnum):
    """Which reminder of a deadline: some time before it is due, or on the day."""

    BEFORE = "BEFORE"
    ON_THE_DAY = "ON_THE_DAY"


class EscalationLevel(StrEnum):
    """Who is told that a deadline stays passed: first the one who leads the case, then the unit's leader."""

    LEAD = "LEAD"
    UNIT_LEADER = "UNIT_LEADER"


class LeavingReason(StrEnum):
    """Why a membership of a network group ended."""

    JOB_CHANGED = "JOB_CHANGED"
    TASK_DONE = "TASK_DONE"
    OWN_WISH = "OWN_WISH"
    YOUTHS_WISH = "YOUTHS_WISH"
    CASE_CLOSED = "CASE_CLOSED"
    REGISTERED_BY_MISTAKE = "REGISTERED_BY_MISTAKE"
    NO_LONGER_GUARDIAN = "NO_LONGER_GUARDIAN"


class StopReason(StrEnum):
    """Why the gate was stopped for somebody."""

    MEMBER_LEAVES = "MEMBER_LEAVES"
    GUARDIAN_RESTRICTED = "GUARDIAN_RESTRICTED"
    GUARDIAN_REMOVED = "GUARDIAN_REMOVED"
    CARE_TAKEN_OVER = "CARE_TAKEN_OVER"
    PROTECTION_RAISED = "PROTECTION_RAISED"
    CASE_CLOSES = "CASE_CLOSES"
    LEAD_CHANGES = "LEAD_CHANGES"


class CorrectionReason(StrEnum):
    """Why something that was registered is put right."""

    WRITTEN_WRONGLY = "WRITTEN_WRONGLY"
    MISUNDERSTOOD = "MISUNDERSTOOD"
    KNOWN_LATER = "KNOWN_LATER"
    ASKED_FOR = "ASKED_FOR"


class VoidReason(StrEnum):
    """Why something that was registered is struck: it was never so."""

    WRONG_CASE = "WRONG_CASE"
    REGISTERED_TWICE = "REGISTERED_TWICE"
    DID_NOT_HAPPEN = "DID_NOT_HAPPEN"
    REGISTERED_BY_MISTAKE = "REGISTERED_BY_MISTAKE"


class RedactionReason(StrEnum):
    """Why a text is closed to everybody."""

    ABOUT_SOMEBODY_ELSE = "ABOUT_SOMEBODY_ELSE"
    MORE_THAN_NEEDED = "MORE_THAN_NEEDED"
    NO_RIGHT_TO_HAVE_IT = "NO_RIGHT_TO_HAVE_IT"
    WRONG_CASE = "WRONG_CASE"
    ASKED_FOR = "ASKED_FOR"


MAY_BE_DESTROYED = frozenset(
    {
        RedactionReason.ABOUT_SOMEBODY_ELSE,
        RedactionReason.NO_RIGHT_TO_HAVE_IT,
        RedactionReason.WRONG_CASE,
    }
)
"""What should never have lain here; the rest is closed, and leaves with the case by its own review (arkivlova, D-30)."""


class DocumentClass(StrEnum):
    """What a text in the vault is: its author's own note, work in progress, or final and never changed."""

    PRIVATE_NOTE = "PRIVATE_NOTE"
    WORKING = "WORKING"
    FINAL = "FINAL"


class Role(StrEnum):
    """What somebody may do in the system; the agency and the case membership decide where."""

    COORDINATOR = "COORDINATOR"
    YOUTH_COORDINATOR = "YOUTH_COORDINATOR"
    AGENCY_MEMBER = "AGENCY_MEMBER"
    UNIT_LEADER = "UNIT_LEADER"
    RECORDS_OWNER = "RECORDS_OWNER"
    PRIVACY_OFFICER = "PRIVACY_OFFICER"
    AUDITOR = "AUDITOR"
    OPERATOR = "OPERATOR"
    SERVICE = "SERVICE"


COORDINATORS = (Role.COORDINATOR, Role.YOUTH_COORDINATOR)
"""Who leads cases: the municipality's and konfliktrådet's coordinators."""
DECIDERS = (*COORDINATORS, Role.UNIT_LEADER)
"""Who decides on behalf of an agency."""
STAFF = (*DECIDERS, Role.AGENCY_MEMBER)
"""Who follows youths up; auditors, operators and services do not."""


class DiscardReason(StrEnum):
    """Why an event that could not be understood was laid aside for good."""

    TEST_DATA = "TEST_DATA"
    MALFORMED_AND_RESENT = "MALFORMED_AND_RESENT"
    HANDLED_BY_HAND = "HANDLED_BY_HAND"
