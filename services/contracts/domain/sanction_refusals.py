"""The rules of the youth sanctions in words, in bokmål, nynorsk and English; part of `refusals.SAYS`."""

from __future__ import annotations

from backbone.refusal import Sentence

SANCTION_SAYS: dict[str, Sentence] = {
    "PROGRAMME_HAS_CONTRACT": Sentence(
        "Ungdomskontrakt og ruskontrakt er frivillige og har ingen avgjørelse. Registrer en kontrakt i stedet.",
        "Ungdomskontrakt og ruskontrakt er frivillige og har inga avgjerd. Registrer ein kontrakt i staden.",
        "Youth contract and substance contract are voluntary and have no decision. Register a contract instead.",
    ),
    "DECIDED_IN_FUTURE": Sentence(
        "Datoen for avgjørelsen kan ikke være fram i tid.",
        "Datoen for avgjerda kan ikkje vere fram i tid.",
        "The date of the decision cannot be in the future.",
    ),
    "OFFENCE_AFTER_DECISION": Sentence(
        "Lovbruddet må være gjort før avgjørelsen.",
        "Lovbrotet må vere gjort før avgjerda.",
        "The offence must have been committed before the decision.",
    ),
    "UNDER_15_AT_OFFENCE": Sentence(
        "Ungdommen var under 15 år da det skjedde, og kan ikke få en straffereaksjon. Barneverntjenesten er rett sted for "
        "hjelp og oppfølging; Felles ansvar kan være et tilbud fra 12 år.",
        "Ungdommen var under 15 år då det hende, og kan ikkje få ein straffereaksjon. Barnevernstenesta er rett stad for "
        "hjelp og oppfølging; Felles ansvar kan vere eit tilbod frå 12 år.",
        "The youth was under 15 when it happened, and cannot get a sanction. The child welfare service is the right place for "
        "help and follow-up; Felles ansvar may be offered from the age of 12.",
    ),
    "ADULT_AT_OFFENCE": Sentence(
        "Ungdomsreaksjonene gjelder for den som var 15 til 17 år da lovbruddet ble gjort. Alderen regnes på den dagen, ikke i dag.",
        "Ungdomsreaksjonane gjeld for den som var 15 til 17 år då lovbrotet vart gjort. Alderen blir rekna på den dagen, ikkje i dag.",
        "The youth sanctions are for those who were 15 to 17 when the offence was committed. Age counts on that day, not today.",
    ),
    "IMPOSED_BY_OTHER": Sentence(
        "Denne reaksjonen kan ikke være bestemt av den som er valgt. Ungdomsstraff blir idømt av domstolen.",
        "Denne reaksjonen kan ikkje vere avgjord av den som er vald. Ungdomsstraff blir idømd av domstolen.",
        "This sanction cannot have been decided by the body that was chosen. The court imposes ungdomsstraff.",
    ),
    "LENGTH_OUTSIDE_LAW": Sentence(
        "Lengden er utenfor det loven åpner for: fra {shortest} til {longest} måneder. Skriv av tallene i avgjørelsen.",
        "Lengda er utanfor det lova opnar for: frå {shortest} til {longest} månader. Skriv av tala i avgjerda.",
        "The length is outside the law: from {shortest} to {longest} months. Copy the figures of the decision.",
    ),
    "PLAN_EXISTS": Sentence(
        "Reaksjonen er alt registrert.",
        "Reaksjonen er alt registrert.",
        "The sanction has been registered already.",
    ),
    "PLAN_LIVE": Sentence(
        "Saken har alt en ungdomsplan som ikke er avsluttet.",
        "Saka har alt ein ungdomsplan som ikkje er avslutta.",
        "The case already has a youth plan that has not ended.",
    ),
    "PLAN_ADOPTED_ALREADY": Sentence(
        "Ungdomsplanen er alt vedtatt.",
        "Ungdomsplanen er alt vedteken.",
        "The youth plan has been adopted already.",
    ),
    "YOUTHS_VIEW_MISSING": Sentence(
        "Ungdommens eget syn på egnetheten må være med, eller grunnen til at det mangler.",
        "Ungdommen sitt eige syn på kor eigna reaksjonen er, må vere med, eller grunnen til at det manglar.",
        "The youth's own view of the suitability must be there, or why it is missing.",
    ),
    "PLAN_MEETING_MISSING": Sentence(
        "Planen kan ikke vedtas før ungdomsplanmøtet er holdt og registrert.",
        "Planen kan ikkje vedtakast før ungdomsplanmøtet er halde og registrert.",
        "The plan cannot be adopted before the plan meeting has been held and registered.",
    ),
    "NEW_PLAN_MEETING_MISSING": Sentence(
        "En ny ungdomsplan krever et nytt ungdomsplanmøte, holdt etter at den gjeldende planen begynte å gjelde.",
        "Ein ny ungdomsplan krev eit nytt ungdomsplanmøte, halde etter at den gjeldande planen tok til å gjelde.",
        "A new youth plan needs a new plan meeting, held after the present plan took effect.",
    ),
    "PLAN_NOT_CONFIRMED": Sentence(
        "Ungdomskoordinatoren må bekrefte planen før den gjelder.",
        "Ungdomskoordinatoren må stadfeste planen før han gjeld.",
        "The youth coordinator must confirm the plan before it counts.",
    ),
    "PARTICIPATION_CONSENT_MISSING": Sentence(
        "Loven som gjaldt da reaksjonen ble bestemt, krever samtykke fra ungdommen og, under 18 år, fra foresatte. "
        "Registrer samtykket til å delta først.",
        "Lova som gjaldt då reaksjonen vart avgjord, krev samtykke frå ungdommen og, under 18 år, frå føresette. "
        "Registrer samtykket til å delta først.",
        "The law in force at the decision asks for the consent of the youth and, under 18, of the guardians. Register the consent "
        "to take part first.",
    ),
    "SUITABILITY_MISSING": Sentence(
        "Loven som gjaldt da reaksjonen ble bestemt, krever at noen har vurdert at reaksjonen er egnet, med ungdommens eget syn.",
        "Lova som gjaldt då reaksjonen vart avgjord, krev at nokon har vurdert at reaksjonen er eigna, med ungdommen sitt eige syn.",
        "The law in force at the decision asks that a person has found the sanction suitable, with the youth's own view.",
    ),
    "ADOPTED_DATE": Sentence(
        "Planen kan tidligst være vedtatt den dagen ungdomsplanmøtet ble holdt, og senest i dag.",
        "Planen kan tidlegast vere vedteken den dagen ungdomsplanmøtet vart halde, og seinast i dag.",
        "The plan can be adopted on the day of the plan meeting at the earliest, and today at the latest.",
    ),
    "PLAN_GOAL_MISSING": Sentence(
        "En ungdomsplan må ha minst ett mål.",
        "Ein ungdomsplan må ha minst eitt mål.",
        "A youth plan needs at least one goal.",
    ),
    "MEASURE_MISSING": Sentence(
        "En ungdomsplan må ha minst ett tiltak.",
        "Ein ungdomsplan må ha minst eitt tiltak.",
        "A youth plan needs at least one measure.",
    ),
    "PLAN_OUTSIDE_DECISION": Sentence(
        "Sluttdatoen må ligge etter i dag eller vedtaket, og innenfor lengden i avgjørelsen.",
        "Sluttdatoen må liggje etter i dag eller vedtaket, og innanfor lengda i avgjerda.",
        "The end date must lie after today or the adoption, and within the length of the decision.",
    ),
    "PLAN_NOT_RUNNING": Sentence(
        "Ungdomsplanen gjelder ikke nå. Den må være vedtatt, og ikke avsluttet.",
        "Ungdomsplanen gjeld ikkje no. Han må vere vedteken, og ikkje avslutta.",
        "The youth plan does not count now. It must be adopted, and not ended.",
    ),
    "PLAN_OVER": Sentence(
        "Ungdomsplanen er avsluttet.", "Ungdomsplanen er avslutta.", "The youth plan has ended."
    ),
    "PLAN_END_NOT_COME": Sentence(
        "Planen gjelder til og med sluttdatoen. Først dagen etter kan den føres som oppfylt.",
        "Planen gjeld til og med sluttdatoen. Først dagen etter kan han førast som oppfylt.",
        "The plan counts through its end date. It can be entered as fulfilled from the day after.",
    ),
    "STEP_NOT_TIGHTENING": Sentence(
        "Planen kan bare skjerpes med strengere vilkår eller en ny ungdomsplan.",
        "Planen kan berre skjerpast med strengare vilkår eller ein ny ungdomsplan.",
        "The plan can only be tightened by stricter terms or a new youth plan.",
    ),
    "STEP_HAS_FORM": Sentence(
        "Dette trinnet har sitt eget skjema: muntlig advarsel, bruddsamtale, skjerping av planen eller oversending.",
        "Dette trinnet har sitt eige skjema: munnleg åtvaring, brotsamtale, skjerping av planen eller oversending.",
        "This step has a form of its own: oral warning, breach conversation, tightening of the plan, or sending on.",
    ),
    "BREACH_IS_SENT_ON": Sentence(
        "En plan som er brutt, eller som ikke kan gjennomføres, avsluttes ved at saken sendes over til dem som avgjør på nytt.",
        "Ein plan som er broten, eller som ikkje kan gjennomførast, blir avslutta ved at saka blir send over til dei som avgjer på nytt.",
        "A plan that is broken, or cannot be carried out, ends by sending the case on to those who decide anew.",
    ),
    "GUARDIANS_NOT_TOLD": Sentence(
        "Ungdommen er under 18 år. De foresatte må være informert før dette trinnet.",
        "Ungdommen er under 18 år. Dei føresette må vere informerte før dette trinnet.",
        "The youth is under 18. The guardians must be informed before this step.",
    ),
    "DEVIATION_OF_OTHER_PLAN": Sentence(
        "Bruddet gjelder en annen plan.",
        "Brotet gjeld ein annan plan.",
        "The breach is about another plan.",
    ),
    "WARNING_NOTE_MISSING": Sentence(
        "En muntlig advarsel skal ha et skriftlig notat samme dag.",
        "Ei munnleg åtvaring skal ha eit skriftleg notat same dag.",
        "An oral warning needs a written note the same day.",
    ),
    "STEP_DATE": Sentence(
        "Datoen må ligge mellom dagen bruddet skjedde, og i dag.",
        "Datoen må liggje mellom dagen brotet hende, og i dag.",
        "The date must lie between the day of the breach and today.",
    ),
    "DECISION_MISSING": Sentence(
        "Avgjørelsen om å sende saken over må være skrevet.",
        "Avgjerda om å sende saka over må vere skriven.",
        "The decision to send the case on must be written.",
    ),
    "FOLLOW_UP_GOES_BACK": Sentence(
        "Ungdomsoppfølging går tilbake til påtalemyndigheten, som avgjør på nytt.",
        "Ungdomsoppfølging går tilbake til påtalemakta, som avgjer på nytt.",
        "Ungdomsoppfølging goes back to the prosecution, which decides anew.",
    ),
    "PENALTY_GOES_TO_CORRECTIONS": Sentence(
        "Ungdomsstraff overføres til kriminalomsorgen, som kan bringe den inn for domstolen.",
        "Ungdomsstraff blir overførd til kriminalomsorga, som kan bringe henne inn for domstolen.",
        "Ungdomsstraff is transferred to kriminalomsorgen, which may bring it before the court.",
    ),
    "NOT_SENT_ON_FOR_THAT": Sentence(
        "Saken sendes over ved brudd, eller når planen ikke kan begynne fordi samtykke eller egnethet mangler.",
        "Saka blir send over ved brot, eller når planen ikkje kan ta til fordi samtykke eller eignaheit manglar.",
        "The case is sent on for a breach, or when the plan cannot begin since consent or suitability is lacking.",
    ),
    "BREACH_MISSING": Sentence(
        "Velg bruddet som saken sendes over for.",
        "Vel brotet som saka blir send over for.",
        "Choose the breach that the case is sent on for.",
    ),
    "OFFENCE_EXISTS": Sentence(
        "Lovbruddet er alt registrert.",
        "Lovbrotet er alt registrert.",
        "The offence has been registered already.",
    ),
    "DECISION_EXISTS": Sentence(
        "Meldingen om avgjørelsen er alt registrert.",
        "Meldinga om avgjerda er alt registrert.",
        "That the decision was told has been registered already.",
    ),
    "RIGHTS_NOT_TOLD": Sentence(
        "Meldingen må fortelle om retten til å klage og om gratis advokathjelp til klagen.",
        "Meldinga må fortelje om retten til å klage og om gratis advokathjelp til klaga.",
        "The message must tell of the right to complain and of free legal advice for it.",
    ),
    "DELIVERED_DATE": Sentence(
        "Datoen må ligge mellom dagen reaksjonen ble mottatt, og i dag.",
        "Datoen må liggje mellom dagen reaksjonen vart motteken, og i dag.",
        "The date must lie between the day the sanction was received and today.",
    ),
    "DECISION_UNKNOWN": Sentence(
        "Klagen må gjelde en avgjørelse som ungdommen har fått melding om.",
        "Klaga må gjelde ei avgjerd som ungdommen har fått melding om.",
        "The complaint must be of a decision that the youth was told of.",
    ),
    "COMPLAINT_EXISTS": Sentence(
        "Klagen er alt registrert.", "Klaga er alt registrert.", "The complaint has been registered already."
    ),
    "COMPLAINT_ANSWERED": Sentence(
        "Klagen er alt besvart.", "Klaga er alt svara på.", "The complaint has been answered already."
    ),
    "LEAVE_EXISTS": Sentence(
        "Søknaden om reise er alt registrert.",
        "Søknaden om reise er alt registrert.",
        "The request for leave has been registered already.",
    ),
    "LEAVE_DATES": Sentence(
        "Reisen må begynne etter at det ble søkt, og hjemkomsten kan ikke være før avreisen.",
        "Reisa må ta til etter at det vart søkt, og heimkomsten kan ikkje vere før avreisa.",
        "The journey must begin after it was asked for, and the return cannot be before the departure.",
    ),
    "LEAVE_ANSWERED": Sentence(
        "Søknaden om reise er alt besvart.",
        "Søknaden om reise er alt svara på.",
        "The request for leave has been answered already.",
    ),
    "LEAVE_REASON_MISSING": Sentence(
        "Et nei til å reise må ha en grunn, og et ja skal ikke ha noen.",
        "Eit nei til å reise må ha ein grunn, og eit ja skal ikkje ha nokon.",
        "A no to travelling needs a reason, and a yes has none.",
    ),
    "SANCTION_IS_DECIDED": Sentence(
        "Påtalemyndighetens svar gjelder en kontrakt som alternativ. Ungdomsoppfølging og ungdomsstraff er alt bestemt.",
        "Påtalemakta sitt svar gjeld ein kontrakt som alternativ. Ungdomsoppfølging og ungdomsstraff er alt avgjorde.",
        "The prosecution's answer is about a contract as an alternative. Ungdomsoppfølging and ungdomsstraff are decided already.",
    ),
    "ADMISSION_MISSING": Sentence(
        "En kontrakt i stedet for straff krever at ungdommen har tilstått. Uten tilståelse følges saken opp som en bekymring.",
        "Ein kontrakt i staden for straff krev at ungdommen har tilstått. Utan tilståing blir saka følgd opp som ei bekymring.",
        "A contract instead of a penalty asks for the youth's confession. Without it the case is followed up as a concern.",
    ),
    "AFTERCARE_BEFORE_END": Sentence(
        "Etteroppfølgingen begynner når kontrakten eller planen er over.",
        "Etteroppfølginga tek til når kontrakten eller planen er over.",
        "Aftercare begins when the contract or plan is over.",
    ),
    "AFTERCARE_DONE": Sentence(
        "Denne etteroppfølgingen er alt registrert.",
        "Denne etteroppfølginga er alt registrert.",
        "This aftercare contact has been registered already.",
    ),
}
