"""The signs of English; what is ordinary in the trade stays out, as in Russian."""

from otklik.desk.tickets.upset.sign import sign

SOME = r"(?: [\w'’-]+){0,2}"
FEW = r"(?: [\w'’-]+){0,3}"
NTH = r"(?:third|fourth|fifth|sixth|seventh|tenth|hundredth|umpteenth|3rd|[4-9]th|\d\dth)"
NTHS = "thir four fift sixt seve tent hund umpt 3rd 4th 5th 6th 7th 8th 9th 10th"
LETTER = r"(?:e-?mail|message|letter|ticket|request)"
SERVICE = r"(?:service|support|experience|company|customer)\b"
AWFUL = r"(?:terrible|horrible|awful|dreadful|lousy|useless)"
WE_ARE = r"(?:i am|i'm|i’m|we are|we're|we’re|very|extremely|deeply|utterly)"
ANGRY = r"(?:frustrat|disappoint|upset|angry|furious|livid|outraged|unhappy|dissatisfied|annoyed|disgusted)\w*"

SIGNS = (
    sign(4, "outr disg appa atro", r"(?:outrageous|disgusting|disgrace(?:ful)?|appalling|atrocious)\b"),
    sign(
        4,
        "cour lega",
        r"see you in court\b",
        r"take (?:you|this|the matter) to court\b",
        r"(?:take|taking|pursue|pursuing|consider|considering|start) legal action\b",
        reach=1,
    ),
    sign(4, "sue suin", r"(?:will|shall|going to|gonna) sue\b", r"suing you\b", reach=1),
    sign(4, "lawy atto soli", r"hear from (?:my|our) (?:lawyer|attorney|solicitor)s?\b"),
    sign(4, "pati", r"(?:lost|losing|lose|ran out of|running out of|out of)(?: \w+)? patience\b"),
    sign(4, "enou", r"enough is enough\b"),
    sign(4, "sham asha", r"shame on you\b", r"you should be ashamed\b"),
    sign(
        4, "thie liar croo scam frau", rf"you(?: are|'re|’re){FEW} (?:thieves|liars|crooks|scammers|frauds?|a scam)\b"
    ),
    sign(4, "fuck bull shit wtf", r"(?:fuck\w*|bullshit|shitty|shit|wtf)\b", reach=0),
    sign(3, "ridi path unpr", r"(?:ridiculous|pathetic|unprofessional)\b"),
    sign(
        3,
        "unac",
        r"(?:this|that|it) is(?: \w+)? unacceptable\b",
        r"(?:completely|totally|absolutely|simply|utterly) unacceptable\b",
        rf"unacceptable {SERVICE}",
    ),
    sign(3, "acce", r"(?:is not|isn't|isn’t) acceptable\b", reach=0),
    sign(1, "unac", r"unacceptable\b"),
    sign(
        3,
        "terr horr awfu drea lous wors usel",
        rf"(?:{AWFUL}|worst)(?: \w+)? {SERVICE}",
        rf"{SERVICE} (?:is|was|has been)(?: \w+)? {AWFUL}\b",
    ),
    sign(1, "terr horr awfu usel", rf"{AWFUL}\b"),
    sign(3, "mone refu", rf"(?:want|give|send|need){SOME} (?:my|our) money back\b", r"refund (?:me|us)\b"),
    sign(3, "dema", rf"demand(?:ing)?{FEW} (?:refund|explanation|compensation|answers?)\b"),
    sign(
        3,
        "comp",
        r"(?:formal|official) complaint\b",
        r"complaint (?:about|against) you\w*\b",
        r"complain about you\w*\b",
        r"^complaint\W*$",
    ),
    sign(1, "comp", r"complaint\b"),
    sign(3, "fed sick", r"fed up\b", r"sick (?:and tired )?of\b"),
    sign(3, "many", r"how many (?:more )?times (?:(?:must|have) (?:i|we)|do (?:i|we) have to)\b"),
    sign(
        3,
        NTHS,
        rf"(?:this is|it is|it's|for) (?:already )?(?:my |our |the )?{NTH} (?:time|{LETTER}){FEW}"
        r" (?:i|we|writing|asking|contacting|reporting)\b",
        rf"(?:my|our) {NTH} {LETTER}\b",
        rf"(?:writing|asking|contacting){FEW} for the {NTH} time\b",
    ),
    sign(
        2,
        "nobo one no-o",
        r"(?:nobody|no one|no-one) (?:cares|bothers|helps|is helping)\b",
        r"(?:nobody|no one|no-one) (?:answers|replies to|responds to) (?:me|us|my|our)\b",
        reach=0,
    ),
    sign(
        3,
        "igno",
        rf"ignor(?:ed|ing) (?:me|us|(?:my|our) (?:{LETTER}|call)s?)\b",
        r"(?:i|we)(?:'m|’m|'re|’re| am| are|'ve been|’ve been| have been)(?: being)? ignored\b",
    ),
    sign(3, "inco", r"incompeten(?:t|ce)\b"),
    sign(3, "wast", r"wast(?:e|ing) (?:of )?(?:my |our )?(?:time|money)\b"),
    sign(3, "rip- ripo", r"rip-?off\b"),
    sign(3, "frus disa upse angr furi livi outr unha diss anno disg", rf"{WE_ARE}{SOME} {ANGRY}"),
    sign(
        3,
        "happ sati impr",
        rf"(?:not|aren't){SOME} (?:happy|satisfied|impressed) with (?:you\w*|this|the (?:service|support))\b",
        reach=0,
    ),
    sign(3, "joke", r"(?:is this|this is|is it) (?:a|some kind of|some sort of) joke\b"),
    sign(3, "rude", r"(?:was|were|is|been)(?: \w+)? rude\b", r"rude (?:staff|agent|operator|employee)s?\b"),
    sign(3, "idio moro", r"(?:idiots?|morons?)\b"),
    sign(2, "unbe", r"unbelievable\b"),
    sign(1, "stil", r"still (?:no|waiting for (?:an?|any|your)) (?:answer|reply|response|solution|fix)\b", reach=0),
    sign(1, "long", r"how much longer\b"),
    sign(2, "comp", r"(?:leaving|switching)(?: \w+){0,4} competitors?\b"),
    sign(1, "canc", r"cancel (?:my|our) (?:account|contract|subscription)\b"),
)
