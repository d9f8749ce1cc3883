"""Word lists that several stages share."""

from claims.extraction.wordlist import words

SAY = words(
    "say tell announce state report claim argue add insist warn explain confirm allege estimate "
    "acknowledge admit write tweet declare note testify suggest believe maintain assert reveal "
    "disclose conclude contend reiterate stress emphasise emphasize caution assure repeat predict "
    "hear show find indicate concede recall post hint complain observe project calculate reckon think "
    "reply respond"
)
SAY_NEEDS_THAT = words(
    "suggest believe show find indicate hear report note observe project calculate predict reveal "
    "assure warn caution estimate add tell write claim argue think recall find conclude confirm "
    "repeat stress state reply respond pointed stipulates stipulated"
)
SAY_FORMS = words(
    "said says say told tells announced announces stated states reported reports claimed claims "
    "argued argues added adds insisted insists warned warns explained explains confirmed confirms "
    "alleged alleges estimated estimates acknowledged acknowledges admitted admits wrote writes "
    "tweeted declared noted notes testified suggested suggests believed believes believe maintained "
    "maintains asserted asserts revealed reveals disclosed concluded concludes contended contends "
    "reiterated stressed stresses emphasised emphasized cautioned cautions assured repeated predicted "
    "predicts heard showed shows show shown found finds find indicated indicates conceded concedes "
    "recalled posted hinted complained observed projected projects calculated reckons reckoned thinks "
    "thought asked asks replied shouted saying telling adding claiming arguing insisting warning "
    "explaining confirming alleging estimating acknowledging admitting writing noting suggesting "
    "write argue conclude warn insist suggest predict believe caution contend maintain "
    "answered countered counters retorted lamented boasted calculates calculated "
    "cautions alleges testifies testify pointed stipulates stipulated "
    "stressing emphasising emphasizing reporting announcing stating declaring maintaining responded"
)
KEEPS_WRAPPER = words("deny accuse blame demand urge offer pledge promise vow call refuse reject dismiss")
MONTHS = "january february march april may june july august september october november december".split()
DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
TIME_WORDS = frozenset(
    [
        *MONTHS,
        *DAYS,
        *"today yesterday tomorrow earlier later ago week month year night morning evening afternoon".split(),
    ]
)
PRONOUNS = words(
    "he she they it his her hers their theirs its him them we us our ours i me my mine this that "
    "these those who which"
)
TITLES = words(
    "mr mrs ms miss mx dr prof professor sir dame lord lady judge justice gen general col colonel maj "
    "major capt captain lt sgt gov governor sen senator rep president prime minister chancellor king "
    "queen prince princess pope bishop archbishop rev cllr councillor mayor secretary chief "
    "ambassador adm admiral sheikh sheriff deputy commissioner inspector superintendent detective "
    "constable officer chairman chairwoman chairperson chair foreign defence defense finance interior "
    "health justice congressman congresswoman lawmaker mp attorney spokesperson spokesman spokeswoman "
    "director coach manager striker midfielder goalkeeper captain opposition leader candidate vice "
    "former acting state department executive"
)
FEMALE = words(
    "ms mrs miss she her woman chairwoman spokeswoman wife mother daughter sister widow girl "
    "grandmother queen princess actress congresswoman businesswoman aunt niece lady dame policewoman "
    "saleswoman herself hers mum mom girlfriend bride"
)
MALE = words(
    "mr he his him man chairman spokesman husband father son brother widower boy grandfather king "
    "prince actor congressman businessman uncle nephew lord sir policeman himself fisherman dad "
    "boyfriend groom"
)
PERSON_NOUNS = FEMALE | MALE | words(
        "minister president governor chief executive director spokesperson leader head lawyer barrister "
        "doctor professor researcher author engineer officer judge mayor senator lawmaker coach manager "
        "striker midfielder goalkeeper player candidate treasurer accountant analyst economist "
        "cardiologist scientist expert ombudsman commissioner secretary ambassador councillor councilor "
        "prosecutor driver vendor farmer teacher student resident witness victim defendant suspect "
        "official chair founder owner boss captain general detective chairperson predecessor successor "
        "colleague politician activist journalist reporter writer singer artist actor academic lecturer "
        "epidemiologist biologist surgeon nurse pilot sailor soldier deputy chancellor premier midwife "
        "archaeologist historian geologist hydrologist ecologist meteorologist veteran trader banker "
        "incumbent challenger contender nominee frontrunner ombudswoman vicar priest imam rabbi monk nun cleric preacher "
        "pastor deacon sheriff marshal commander sergeant corporal lieutenant colonel admiral guard gunman attacker assailant "
        "shooter bomber hijacker kidnapper smuggler trafficker thief burglar robber killer murderer rapist fraudster hacker "
        "whistleblower informant detainee inmate prisoner convict fugitive hostage captive refugee migrant asylum-seeker "
        "immigrant patient survivor passenger commuter motorist cyclist pedestrian shopper customer client tenant landlord "
        "landlady homeowner householder neighbour neighbor resident villager pensioner retiree worker employee labourer "
        "laborer miner welder electrician plumber carpenter builder bricklayer mechanic technician machinist operator "
        "clerk cashier receptionist secretary bookkeeper auditor actuary consultant adviser advisor aide envoy diplomat "
        "consul attache negotiator mediator delegate representative spokesman regulator inspector examiner investigator "
        "magistrate juror coroner pathologist bailiff notary solicitor litigant plaintiff complainant appellant petitioner "
        "paramedic dentist pharmacist physiotherapist psychologist psychiatrist radiologist oncologist neurologist virologist "
        "immunologist microbiologist toxicologist dietitian nutritionist carer caregiver physician clinician paediatrician "
        "pediatrician gynaecologist obstetrician veterinarian vet zoologist botanist chemist physicist astronomer astronaut "
        "cosmonaut mathematician statistician demographer sociologist anthropologist criminologist philosopher linguist "
        "seismologist volcanologist climatologist oceanographer geographer cartographer surveyor architect planner designer "
        "developer programmer coder inventor entrepreneur investor shareholder tycoon billionaire millionaire magnate "
        "financier broker underwriter lender creditor debtor donor philanthropist benefactor sponsor promoter agent scout "
        "referee umpire goalkeeper keeper defender winger forward midfielder bowler batsman batter pitcher sprinter runner "
        "swimmer rower sailor skier skater boxer wrestler golfer jockey trainer champion medallist athlete footballer "
        "cricketer gymnast novelist poet playwright author columnist editor broadcaster presenter anchor correspondent "
        "photographer cameraman filmmaker producer screenwriter composer conductor pianist violinist drummer guitarist "
        "rapper dancer choreographer painter sculptor curator collector dealer auctioneer librarian archivist headteacher "
        "headmaster headmistress principal dean rector lecturer tutor pupil undergraduate graduate applicant intern trainee "
        "apprentice recruit cadet conscript reservist mercenary militiaman fighter insurgent rebel warlord guerrilla "
        "teenager toddler infant baby child adult youth schoolboy schoolgirl orphan parent cousin grandson granddaughter "
        "grandparent stepfather stepmother fiance fiancee partner spouse ex-husband ex-wife twin sibling fisherman "
        "shepherd herder rancher grower winemaker brewer baker butcher chef cook waiter waitress barman bartender "
        "cleaner caretaker janitor porter courier rider trucker conductor steward stewardess pilot co-pilot navigator "
        "skipper ferryman docker stevedore lifeguard ranger gamekeeper forester firefighter fireman constable patrolman "
        "organiser organizer campaigner activist protester demonstrator dissident marcher striker unionist volunteer "
        "supporter opponent critic rival ally loyalist backbencher frontbencher speaker legislator parliamentarian "
        "statesman stateswoman premier monarch emperor sultan emir crown-prince heir king-elect president-elect "
        "commissioner ombudsperson treasurer registrar administrator superintendent principal chairwoman vice-president "
        "vice-chair co-founder co-owner co-author observer eyewitness onlooker bystander caller user blogger influencer "
        "streamer youtuber gamer"
    )  # fmt: skip
ORG_NOUNS = words(
    "ministry commission party company government council agency department bank union club team "
    "charity foundation committee office police army court parliament firm group association forum "
    "trust authority regulator board university hospital newspaper service institute federation "
    "organisation organization bureau network operator processor airline retailer manufacturer school "
    "centre center academy bloc alliance coalition administration force guard military navy embassy "
    "corporation startup start-up maker developer supplier contractor league prosecution defence "
    "watchdog side business publisher museum producer lender insurer carrier brewer miner grocer "
    "supermarket chain utility consortium militia rebels church congress senate assembly tribunal "
    "society studio lab laboratory observatory trade "
    "startup conglomerate cartel cooperative co-operative subsidiary bookmaker brokerage foundation endowment charity ngo "
    "nonprofit think-tank secretariat directorate inspectorate prefecture municipality constabulary gendarmerie coastguard "
    "junta regime cabinet presidency parliament legislature caucus faction registry chancellery delegation consulate "
    "garrison brigade battalion regiment squadron broadcaster magazine tabloid clinic hospice academy college diocese "
    "archdiocese syndicate gang mafia carrier hauler haulier wholesaler distributor importer exporter grower brewery "
    "distillery landlord builder reinsurer bookie inquiry panel taskforce"
)
FIRMS = words(
    "company group firm manufacturer maker retailer airline operator chain developer club charity publisher carmaker "
    "drugmaker supplier owner business lender insurer carrier"
)
COUNTRY_HINT = words("country nation state republic kingdom")
GROUPS: tuple[frozenset[str], ...] = tuple(
    frozenset(group.split())
    for group in (
        "attack assault shooting bombing raid ambush strike blast explosion massacre killing killings incident violence",
        "earthquake quake tremor disaster",
        "fire blaze wildfire inferno disaster",
        "flood flooding floods deluge disaster",
        "crash collision accident derailment incident disaster",
        "collapse breach failure disaster",
        "outage failure fault disruption incident blackout",
        "storm hurricane cyclone typhoon tempest",
        "outbreak epidemic pandemic",
        "election vote poll ballot referendum polls",
        "survey poll study research",
        "study research trial paper analysis report",
        "report review audit study document",
        "inquiry investigation probe review",
        "allegation charge accusation claim",
        "deal agreement contract accord pact treaty",
        "transfer signing deal move",
        "fee price sum",
        "law legislation bill act measure",
        "strike walkout stoppage action",
        "protest demonstration rally march",
        "fraud theft scam scheme",
        "trial case prosecution",
        "merger takeover acquisition deal",
        "plan proposal scheme project",
        "spill leak",
        "eruption volcano",
        "reading figure rate",
        "cut reduction",
        "rise increase",
        "company firm business group",
        "government administration",
    )
)
EVENT_NOUNS = frozenset(word for group in GROUPS[:10] for word in group) | words(
    "spill leak eruption merger takeover protest strike trial verdict robbery heist theft kidnapping "
    "hijacking evacuation match game final tournament summit talks ceasefire truce launch recall "
    "shutdown closure study drought heatwave landslide avalanche"
)


_IN = {
    word: frozenset(n for n, group in enumerate(GROUPS) if word in group)
    for group in GROUPS
    for word in group
}


def related(one: str, other: str) -> bool:
    """Whether two nouns may name the same thing in one article."""
    return one == other or (one in _IN and other in _IN and not _IN[one].isdisjoint(_IN[other]))
