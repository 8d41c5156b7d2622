"""Lines that say "what follows was written before": attributions, separators, header blocks, in many languages.

Vocabulary only; `splitting` and `forwards` put it to use.
"""

import re

# "wrote", at the end of an attribution. The languages mail programs of Europe come in.
WROTE = (
    "wrote|writes|schrieb|schreef|geschreven|a écrit|écrit|ha scritto|scrisse|scrive|escribió|escribio|escreveu|написал"
    "|написала|написал(?:а)?|написал\\(а\\)|пишет|писал|писала|писал\\(а\\)|написав|написала|пише|пишуть|skrev|kirjoitti"
    "|napisał|napisała|napisał\\(a\\)|napisal|napsal|napsala|napsal\\(a\\)|napísal|napísal\\(a\\)|schrieben?|írta|a scris"
    "|έγραψε|yazdı|şunları yazdı|napisao|napisala|je napisao|написа|жазды|піша|пісаў|пісала|yozdi|pisze|wiadomość napisana przez|написав\\(ла\\)|написао(?:/ла)?|rašė|kirjutas|rakstīja|escrigué|va escriure|đã viết"
)
# A letter head inside the text: label -> field. Bold marks and a space before the colon are allowed by the patterns.
LABELS: dict[str, tuple[str, ...]] = {
    "from": ("Від кого", "Кімнен", "送信元", "Gönderen", "From address", "Od koga", "Feladó cím",
        "From", "От", "От кого", "Від", "Von", "De", "Da", "Van", "Od", "Från", "Fra", "Lähettäjä", "Feladó", "Expéditeur",
        "Odesílatel", "Odosielateľ", "Nadawca", "Remitente", "Mittente", "Afzender", "Absender", "De la", "Από", "Kimden",
        "Šalje", "Pošiljatelj", "Ад", "寄件者", "发件人", "差出人", "送信者", "보낸 사람", "Saatja", "No", "Nuo",
    ),
    "to": ("送信先", "Кімге", "Do koho", "Prijemca",
        "To", "Кому", "An", "À", "A", "Para", "Aan", "Do", "Komu", "Till", "Til", "Vastaanottaja", "Címzett", "Către",
        "Prima", "Προς", "Kime", "Adresat", "Empfänger", "Destinatario", "Destinataire", "Pro", "За", "Za", "收件人", "宛先",
        "받는 사람", "Pre", "Bis",
    ),
    "cc": ("Kopie (CC)", "Көшірме", "Dw", "Copia (CC)", "Cópia (CC)",
        "Cc", "Копия", "Копія", "Kopie", "Kopia", "Kopi", "Kopio", "Másolatot kap", "Másolat", "DW", "Copie à", "Copie", "CC",
        "Cópia", "Copia", "Κοιν", "Bilgi", "抄送", "참조", "Kopija", "Kópia", "Kopírovat", "Kópie", "Copie carbone",
        "Copia carbón", "Copia per conoscenza", "Másolatot kapja",
    ),
    "date": ("日付", "Жіберілді", "Күні", "Відправлено", "Дата отправки", "Dátum odoslania", "Enviado em",
        "Date", "Sent", "Дата", "Отправлено", "Надіслано", "Datum", "Gesendet", "Envoyé", "Data", "Inviato", "Fecha", "Enviado",
        "Enviada", "Enviado el", "Enviada em", "Verzonden", "Wysłano", "Odesláno", "Odoslané", "Skickat", "Sendt", "Lähetetty",
        "Päivämäärä", "Päiväys", "Elküldve", "Küldve", "Dátum", "Dato", "Trimis", "Poslano", "Ημερομηνία", "Tarih",
        "Gönderilen", "Gönderildi", "发送时间", "日時", "날짜", "Data wysłania", "Enviat", "Datums", "Sent at", "Kdy", "Dată",
        "Expédié", "Date d'envoi", "Gönderme Tarihi", "Envoyée",
    ),
    "subject": (
        "Subject", "Тема", "Betreff", "Objet", "Oggetto", "Asunto", "Assunto", "Onderwerp", "Temat", "Předmět", "Predmet",
        "Ämne", "Emne", "Aihe", "Tárgy", "Subiect", "Θέμα", "Konu", "主题", "件名", "제목", "Re", "Betr", "Naslov", "Teema",
        "Predmet správy", "Sujet", "Argomento", "Тақырып",
    ),
    "reply_to": (
        "Reply-To", "Ответить", "Antwort an", "Répondre à", "Rispondi a", "Responder a", "Odpovědět komu", "Reply to",
        "Antwoord aan", "Odpowiedz do", "Svar till", "Svar til", "Vastausosoite", "Válaszcím", "Répondre", "Antworten an",
        "Обратный адрес", "Відповісти", "Odpověď", "Odgovori", "Răspunde", "Odpoveď",
    ),
    "bcc": ("Bcc", "Скрытая копия", "Blindkopie", "Cci", "Ccn", "Cco"),
    "attachments": ("Attachments", "Вложения", "Anlagen", "Pièces jointes", "Allegati", "Importance", "Важность"),
}  # fmt: skip
FIELD_OF = {label.casefold(): name for name, labels in LABELS.items() for label in labels}

LABEL_LINE = re.compile(
    r"[>\s]*[*_]{0,2}(" + "|".join(sorted(map(re.escape, FIELD_OF), key=len, reverse=True)) + r")[*_]{0,2}\s*"
    r"[:\uff1a][*_]{0,2}(?:\s|(?=\S))(.*)",
    re.IGNORECASE,
)

_ORIGINAL = (
    "anfang der weitergeleiteten nachricht|inicio del mensaje reenviado|début du message (?:réexpédié|transféré)"
    "|započni proslijeđenu poruku|továbbított levél kezdete|begin doorgestuurd bericht|začiatok preposlanej správy"
    "|початок листа, що пересилається|начало переадресованного сообщения|начало пересылаемого сообщения"
    "|inizio messaggio inoltrato|início da mensagem (?:encaminhada|reencaminhada)|początek przekazywanej wiadomości"
    "|začátek přeposílané zprávy|începe mesajul redirecționat|videresendt besked|välitetty viesti alkaa"
    "|iletilen ileti başlangıcı|edelleenlähetetty viesti|i̇letilmiş mesaj|iletilmiş mesaj|İletilmiş Mesaj"
    "|перенаправлене повідомлення|перенаправленное сообщение|メッセージを転送|転送(?:された)?メッセージ"
    "|original message|reply message|reply separator|исходное сообщение|оригинальное сообщение|пересланное сообщение"
    "|пересылаемое сообщение|пересылаемое письмо|первоначальное сообщение|ответное сообщение|вихідне повідомлення"
    "|оригінальне повідомлення|пересланий лист|переслане повідомлення|ursprüngliche nachricht|originalnachricht"
    "|weitergeleitete nachricht|original-nachricht|message d'origine|message original|message transféré"
    "|courriel original|messaggio originale|messaggio inoltrato|mensaje original|mensaje reenviado"
    "|mensagem original|mensagem encaminhada|mensagem reencaminhada|oorspronkelijk bericht|origineel bericht"
    "|doorgestuurd bericht|oprindelig (?:meddelelse|besked)|videresendt (?:meddelelse|melding|besked)|opprinnelig melding"
    "|opprinnelig meddelelse|ursprungligt meddelande|ursprungligt|vidarebefordrat (?:meddelande|mejl)|wiadomość oryginalna"
    "|oryginalna wiadomość|wiadomość przekazana|przekazana wiadomość|treść przekazanej wiadomości|původní (?:zpráva|e-mail)"
    "|přeposlaná zpráva|pôvodná správa|preposlaná správa|alkuperäinen viesti|välitetty viesti|eredeti üzenet"
    "|továbbított (?:üzenet|levél)|forwarded message|begin forwarded message|mesaj original|mesaj redirecționat"
    "|mesajul original|originalna poruka|proslijeđena poruka|izvorna poruka|prosleđena poruka|iletilen (?:ileti|mesaj)"
    "|orijinal ileti|orjinal mesaj|edasisaadetud kiri|algne kiri|原始邮件|转发邮件"
)
SEPARATOR = re.compile(
    rf"[>\s]*(?:[-–—_=*]{{2,}}\s*(?:{_ORIGINAL})[^\n]{{0,80}}|(?:{_ORIGINAL})\s*[-–—_=:]{{1,}})\s*\Z",
    re.IGNORECASE,
)
RULE = re.compile(r"[>\s]*[_-]{10,}\s*\Z")
FORWARD = re.compile(
    r"forward|reenviad|réexpédi|proslij|переадресован|перенаправл|пересила|iletilm|i̇letilm|edelleenl|転送|пересылаем|пересланн|переслан|weitergeleitet|transféré|inoltrat|reenviado|encaminhad|doorgestuurd"
    r"|videresendt|vidarebefordra|przekazan|přeposlan|preposlan|välitetty|továbbított|redirecționat|proslij|prosleđ|iletilen",
    re.IGNORECASE,
)

# Yahoo: "----- Forwarded Message ----- From: A <a@b>To: C <c@d>Subject: x", all in one line.
SEPARATED_HEAD = re.compile(rf"\s*(-{{3,}}\s*(?:{_ORIGINAL})\s*-{{3,}})\s+(?=\S)", re.IGNORECASE)
_INLINE = "|".join(sorted(map(re.escape, (word for word in FIELD_OF if len(word) > 1)), key=len, reverse=True))
INLINE_LABEL = re.compile(rf"({_INLINE})(?:\s?:|(?<=>Dw)|(?<=[a-zA-Z]Assunto))\s+", re.IGNORECASE)

_CLOCK = r"\d{1,2}[:.h]\s?\d{2}"
_DAY = r"(?:\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{1,2}\.?\s+(?:de\s+)?[^\W\d]{3,12}\.?,?\s+(?:de\s+)?\d{4}|[^\W\d]{3,10}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{2,4}|\d{4}\s*[年/-])"
_OPENERS = (
    r"(?:on|am|le|il giorno|il|el|em|op|den|dnia|w dniu|dne|dňa|tors|la data|la|på|στις|a|den|el día|vào|on the|am|mon|tue|wed"
    r"|thu|fri|sat|sun|пн|вт|ср|чт|пт|сб|вс|нд|понедельник|вторник|среда|четверг|пятница|суббота|воскресенье|в)"
)
_DATED = re.compile(rf"{_CLOCK}|{_DAY}", re.IGNORECASE)
_OPENED = re.compile(rf"[>\s]*-*\s*{_OPENERS}\b", re.IGNORECASE)
_SAID = re.compile(rf"\b(?:{WROTE})(?![^\W\d_])", re.IGNORECASE)
_SAID_AT_END = re.compile(rf"(?:{WROTE})\s*[:：]\s*-*\Z", re.IGNORECASE)
_ADDRESS_AT_END = re.compile(r"[<(\[]\s*(?:mailto:)?[^<>\s]{1,64}@[^<>\s]{1,255}\s*[>)\]]\s*[:：]?\s*\Z", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"[>\s]*\S?\d{4}[-./]\d{1,2}[-./]\d{1,2}")
_WIDEST = 500

# What the first line of an attribution that takes several lines must have, so that no sentence above is taken along.
ATTRIBUTION_BEGINS = re.compile(
    rf"[>\s]*-*\s*{_OPENERS}\b|[^\n]{{0,60}}(?:{_CLOCK}|{_DAY})|[^\n]{{0,60}}<", re.IGNORECASE
)
_WROTE_STEMS = (
    "wrot", "writ", "schr", "gesch", "écrit", "scri", "escrib", "escrev", "пис", "пиш", "skrev", "kirjoi", "napis", "naps",
    "napís", "pisze", "írta", "έγραψ", "yazd", "yozdi", "жазды", "піш", "піса", "rašė", "kirjut", "raks", "escrig", "đã viết",
)  # fmt: skip


def is_attribution(text: str) -> bool:
    """Is this line (or several joined) an attribution? Several plain searches: one pattern for all would be quadratic."""
    if len(text) > _WIDEST or ("@" not in text and not any(map(str.isdigit, text))):
        return False
    lower = text.lower()
    said = any(stem in lower for stem in _WROTE_STEMS)
    if not said and "@" not in text:
        return False
    dated = _DATED.search(text)
    if said and dated and _says(text, dated.end()):
        return True
    if said and ">" in text[-80:] and _SAID_AT_END.search(text[-80:]) and "@" in text:
        return True
    if not _ADDRESS_AT_END.search(text[-340:]):
        return False
    return bool(_YEAR_FIRST.match(text)) or bool(dated and text.rstrip().endswith((":", "：")))


def _says(text: str, after_date: int) -> bool:
    """A date and a word for "wrote", in an order that attributions have."""
    if _SAID_AT_END.search(text[-100:]):
        return True
    if _OPENED.match(text) and any(len(text) - word.end() <= 65 for word in _SAID.finditer(text, after_date)):
        return True
    # "Jane <j@x> skrev den 28/10/2021, 12:46:"
    word = _SAID.search(text)
    return bool(word and text.rstrip().endswith((":", "：")) and _DATED.search(text, word.end()))


# "С уважением," and its kin, alone on a line or with a name behind.
CLOSING = re.compile(
    r"(?:с уважением|с наилучшими пожеланиями|с наилучшими|с искренним уважением|всего (?:доброго|хорошего)|з повагою"
    r"|(?:best|kind|kindest|warm|warmest) regards|regards|yours (?:sincerely|faithfully|truly)|sincerely(?: yours)?"
    r"|best wishes|all the best|cheers|mit freundlichen grüßen|freundliche grüße|viele grüße|beste grüße|mfg|cordialement"
    r"|bien (?:cordialement|à vous)|salutations|saludos(?: cordiales)?|atentamente|un saludo|cordiali saluti"
    r"|distinti saluti|met vriendelijke groet(?:en)?|atenciosamente|abraços|pozdrawiam|z poważaniem|s pozdravem"
    r"|med vänlig hälsning|vänliga hälsningar|mvh|med venlig hilsen|med vennlig hilsen|ystävällisin terveisin"
    r"|üdvözlettel|saygılarımla)[\s,.!-]*(?:(?:[^\W\d_][\w.'-]*[ ,]*){1,4})?\Z",
    re.IGNORECASE,
)

MOBILE = re.compile(
    r"(?:sent (?:from|via|with|by|using)|отправлено (?:с|из|через)|отправлено со|послано с|надіслано з|відправлено з|[\w -]{3,40}жіберілді|diese nachricht wurde von meinem .{2,60} gesendet|gesendet (?:von|mit|via)"
    r"|von meinem .{2,40} gesendet|envoyé (?:de|depuis|à partir)|inviato (?:da|dal)|enviado (?:desde|do|a partir|de mi)"
    r"|verzonden (?:vanaf|met|via|vanuit)|verstuurd vanaf|wysłan[aeoy] z|odesláno z|odoslané z|skickat från|sendt fra|lähetetty"
    r"|get outlook for|скачать outlook|получить outlook|outlook (?:pour|für|voor|для|per|para)|sent from mail for|von .{2,30} gesendet|trimis (?:de pe|din)|elküldve|poslano (?:s|sa|iz)"
    r"|με εστάλη|στάλθηκε από|\S{3,40} adlı|.{2,30}'dan gönderildi)\b.{0,120}\Z",
    re.IGNORECASE,
)

# "Get Outlook for iOS": only as a line of its own that ends with the system, since people write about Outlook, too.
OUTLOOK_FOR = re.compile(
    r"(?:t[eé]l[eé]charge[rz]|obten(?:ir|ez|er|ha)|obter|baixar|transferir|ottieni|scarica|holen sie sich|pobierz|download"
    r"|завантажити|get|скачать|скачайте) .{0,20}outlook .{1,30}(?:ios|android|iphone|mac|windows)\W*\Z",
    re.IGNORECASE,
)

_SEPARATING = frozenset("-–—_=*")
_ENDING = (":", "：", ">", "-", "–", "—")


def may_separate(line: str) -> bool:
    """Worth asking SEPARATOR, RULE or SEPARATED_HEAD? Most lines are not, and this costs a tenth."""
    text = line.lstrip("> \t")
    return bool(text) and (text[0] in _SEPARATING or text.rstrip()[-1:] in ":：-–—_=")


def may_label(line: str) -> bool:
    """Worth asking LABEL_LINE?"""
    return ":" in line[:60] or "：" in line[:60]


def may_end_attribution(line: str) -> bool:
    """Worth joining with the lines above and asking ATTRIBUTIONS?"""
    text = line.rstrip()
    return text.endswith(_ENDING) or text[-12:].lower().endswith(("wrote", "пишет", "писал", "писала"))
