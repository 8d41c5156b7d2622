"""The new part of replies as programs of many kinds and languages write them; the samples are our own words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.adapters.email.parse.splitting import split

ATTRIBUTIONS = {
    "gmail ru": "чт, 14 мая 2026 г. в 10:15, Анна Белова <anna@desk.example>:",
    "gmail en": "On Thu, May 14, 2026 at 10:15 AM Anna Belova <anna@desk.example> wrote:",
    "gmail de": "Am Do., 14. Mai 2026 um 10:15 Uhr schrieb Anna Belova <anna@desk.example>:",
    "gmail fr": "Le jeu. 14 mai 2026 à 10:15, Anna Belova <anna@desk.example> a écrit :",
    "gmail es": "El jue, 14 may 2026 a las 10:15, Anna Belova (<anna@desk.example>) escribió:",
    "gmail it": "Il giorno gio 14 mag 2026 alle ore 10:15 Anna Belova <anna@desk.example> ha scritto:",
    "gmail pl": "czw., 14 maj 2026 o 10:15 Anna Belova <anna@desk.example> napisał(a):",
    "gmail nl": "Op do 14 mei 2026 om 10:15 schreef Anna Belova <anna@desk.example>:",
    "gmail pt": "Em qui., 14 de mai. de 2026 às 10:15, Anna Belova <anna@desk.example> escreveu:",
    "gmail uk": "чт, 14 трав. 2026 р. о 10:15 Анна Бєлова <anna@desk.example> пише:",
    "gmail kk": "2026 ж. 14 мам., бс 10:15 Анна Белова <anna@desk.example> жазды:",
    "gmail cs": "čt 14. 5. 2026 v 10:15 odesílatel Anna Belova <anna@desk.example> napsal:",
    "gmail tr": "Anna Belova <anna@desk.example>, 14 May 2026 Per, 10:15 tarihinde şunu yazdı:",
    "gmail sv": "Den tors 14 maj 2026 kl 10:15 skrev Anna Belova <anna@desk.example>:",
    "gmail be": "чц, 14 мая 2026 г. у 10:15 Ганна Бялова <anna@desk.example> піша:",
    "gmail ro": "joi, 14 mai 2026 la 10:15, Anna Belova <anna@desk.example> a scris:",
    "gmail hu": "Anna Belova <anna@desk.example> ezt írta (időpont: 2026. máj. 14., Cs, 10:15):",
    "gmail bg": "На чт, 14.05.2026 г. в 10:15 Анна Белова <anna@desk.example> написа:",
    "gmail sr": "чет, 14. мај 2026. у 10:15 Ана <anna@desk.example> је написао/ла:",
    "gmail uz": "2026-M05-14, Pay 10:15 tarixida Anna <anna@desk.example> yozdi:",
    "apple ru": "14 мая 2026 г., в 10:15, Анна Белова <anna@desk.example> написал(а):",
    "apple en": "On 14 May 2026, at 10:15, Anna Belova <anna@desk.example> wrote:",
    "apple de": "Am 14.05.2026 um 10:15 schrieb Anna Belova <anna@desk.example>:",
    "apple fr": "Le 14 mai 2026 à 10:15, Anna Belova <anna@desk.example> a écrit :",
    "apple es": "El 14 may 2026, a las 10:15, Anna Belova <anna@desk.example> escribió:",
    "apple it": "Il giorno 14 mag 2026, alle ore 10:15, Anna Belova <anna@desk.example> ha scritto:",
    "apple pl": "Wiadomość napisana przez Anna Belova <anna@desk.example> w dniu 14 maj 2026, o godz. 10:15:",
    "apple nl": "Op 14 mei 2026, om 10:15 heeft Anna Belova <anna@desk.example> het volgende geschreven:",
    "apple pt": "No dia 14 de mai. de 2026, às 10:15, Anna Belova <anna@desk.example> escreveu:",
    "apple uk": "14 трав. 2026 р. о 10:15 Анна Бєлова <anna@desk.example> написав(ла):",
    "apple tr": "Anna Belova <anna@desk.example> şunları yazdı (14 May 2026 10:15):",
    "thunderbird ru": "14.05.2026 10:15, Анна Белова пишет:",
    "thunderbird en": "On 14/05/2026 10:15, Anna Belova wrote:",
    "thunderbird de": "Am 14.05.26 um 10:15 schrieb Anna Belova:",
    "thunderbird fr": "Le 14/05/2026 à 10:15, Anna Belova a écrit :",
    "thunderbird es": "El 14/5/26 a las 10:15, Anna Belova escribió:",
    "thunderbird it": "Il 14/05/2026 10:15, Anna Belova ha scritto:",
    "thunderbird pl": "W dniu 14.05.2026 o 10:15, Anna Belova pisze:",
    "thunderbird nl": "Op 14-05-2026 om 10:15 schreef Anna Belova:",
    "thunderbird pt": "Em 14/05/2026 10:15, Anna Belova escreveu:",
    "thunderbird uk": "14.05.2026 10:15, Анна Бєлова пише:",
    "thunderbird kk": "14.05.2026 10:15, Анна Белова жазды:",
    "yandex ru": '14.05.2026, 10:15, "Анна Белова" <anna@desk.example>:',
    "yandex en": '14.05.2026, 10:15, "Anna Belova" <anna@desk.example>:',
    "yandex de": '14.05.2026, 10:15, "Anna Belova" <anna@desk.example>:',
    "mailru ru": "Четверг, 14 мая 2026, 10:15 +03:00 от Анна Белова <anna@desk.example>:",
    "mailru en": "Thursday, May 14, 2026 10:15 AM +03:00 from Anna Belova <anna@desk.example>:",
    "mailru uk": "Четвер, 14 травня 2026, 10:15 +03:00 від Анна Бєлова <anna@desk.example>:",
    "mailru kk": "Бейсенбі, 14 мамыр 2026, 10:15 +05:00 Анна Белова <anna@desk.example>:",
    "mailru ru, short": "Чт, 14 мая 2026 10:15:22 +0300 от Анна Белова <anna@desk.example>:",
}
HEADS = {
    "ru": [
        "От: Анна Белова <anna@desk.example>",
        "Отправлено: четверг, 14 мая 2026 г. 10:15",
        "Кому: Павел <p@volga.example>",
        "Тема: Звонок",
    ],
    "en": [
        "From: Anna Belova <anna@desk.example>",
        "Sent: Thursday, May 14, 2026 10:15 AM",
        "To: Pavel <p@volga.example>",
        "Subject: Call",
    ],
    "de": [
        "Von: Anna Belova <anna@desk.example>",
        "Gesendet: Donnerstag, 14. Mai 2026 10:15",
        "An: Pavel <p@volga.example>",
        "Betreff: Anruf",
    ],
    "fr": [
        "De : Anna Belova <anna@desk.example>",
        "Envoyé : jeudi 14 mai 2026 10:15",
        "À : Pavel <p@volga.example>",
        "Objet : Appel",
    ],
    "es": [
        "De: Anna Belova <anna@desk.example>",
        "Enviado el: jueves, 14 de mayo de 2026 10:15",
        "Para: Pavel <p@volga.example>",
        "Asunto: Llamada",
    ],
    "it": [
        "Da: Anna Belova <anna@desk.example>",
        "Inviato: giovedì 14 maggio 2026 10:15",
        "A: Pavel <p@volga.example>",
        "Oggetto: Chiamata",
    ],
    "pl": [
        "Od: Anna Belova <anna@desk.example>",
        "Wysłano: czwartek, 14 maja 2026 10:15",
        "Do: Pavel <p@volga.example>",
        "Temat: Rozmowa",
    ],
    "nl": [
        "Van: Anna Belova <anna@desk.example>",
        "Verzonden: donderdag 14 mei 2026 10:15",
        "Aan: Pavel <p@volga.example>",
        "Onderwerp: Gesprek",
    ],
    "pt": [
        "De: Anna Belova <anna@desk.example>",
        "Enviada em: quinta-feira, 14 de maio de 2026 10:15",
        "Para: Pavel <p@volga.example>",
        "Assunto: Chamada",
    ],
    "uk": [
        "Від: Анна Бєлова <anna@desk.example>",
        "Надіслано: четвер, 14 травня 2026 р. 10:15",
        "Кому: Павло <p@volga.example>",
        "Тема: Дзвінок",
    ],
    "kk": [
        "Кімнен: Анна Белова <anna@desk.example>",
        "Жіберілді: 2026 ж. 14 мамыр, бейсенбі 10:15",
        "Кімге: Павел <p@volga.example>",
        "Тақырып: Қоңырау",
    ],
}
PHONES = [
    ("ru", "Отправлено с iPhone"),
    ("ru", "Отправлено из мобильной Яндекс Почты"),
    ("ru", "Отправлено из Почты Mail для Android"),
    ("ru", "Отправлено с моего Samsung Galaxy"),
    ("ru", "Отправлено из Outlook для iOS"),
    ("ru", "--\nОтправлено из Mail.ru для iOS"),
    ("ru", "Скачать Outlook для iOS"),
    ("en", "Sent from my iPhone"),
    ("en", "Sent from my Galaxy"),
    ("en", "Get Outlook for iOS"),
    ("en", "Sent from Yahoo Mail on Android"),
    ("en", "Sent from Proton Mail for iOS"),
    ("en", "Sent from Yandex Mail for mobile"),
    ("de", "Von meinem iPhone gesendet"),
    ("de", "Gesendet von Outlook für iOS"),
    ("de", "Diese Nachricht wurde von meinem Android-Gerät mit GMX Mail gesendet."),
    ("de", "Von meinem Samsung Galaxy Smartphone gesendet."),
    ("de", "Holen Sie sich Outlook für iOS"),
    ("fr", "Envoyé de mon iPhone"),
    ("fr", "Envoyé depuis mon téléphone Android"),
    ("fr", "Téléchargez Outlook pour iOS"),
    ("fr", "Obtenez Outlook pour Android"),
    ("fr", "Envoyé à partir de Outlook pour Android"),
    ("es", "Enviado desde mi iPhone"),
    ("es", "Obtener Outlook para Android"),
    ("es", "Enviado desde Yahoo Mail para iPhone"),
    ("es", "Enviado desde mi Samsung Mobile"),
    ("it", "Inviato da iPhone"),
    ("it", "Inviato dal mio iPhone"),
    ("it", "Ottieni Outlook per iOS"),
    ("it", "Scarica Outlook per Android"),
    ("pl", "Wysłane z iPhone’a"),
    ("pl", "Wysłano z mojego iPhone’a"),
    ("pl", "Pobierz aplikację Outlook dla systemu iOS"),
    ("pl", "Wysłano z telefonu Galaxy"),
    ("nl", "Verstuurd vanaf mijn iPhone"),
    ("nl", "Outlook voor iOS downloaden"),
    ("nl", "Download Outlook voor iOS"),
    ("nl", "Verzonden vanaf mijn Galaxy"),
    ("pt", "Enviado do meu iPhone"),
    ("pt", "Obter o Outlook para iOS"),
    ("pt", "Baixar o Outlook para Android"),
    ("pt", "Enviado do meu Galaxy"),
    ("uk", "Надіслано з iPhone"),
    ("uk", "Надіслано з моєї Galaxy"),
    ("uk", "Завантажити Outlook для iOS"),
    ("uk", "Відправлено з мого iPhone"),
    ("kk", "iPhone құрылғысынан жіберілді"),
    ("kk", "iPhone-нан жіберілді"),
]
NAME_ALONE = {"gmail tr", "gmail hu", "apple pl", "apple tr"}
"""Where a wrapped line holds nothing but a name it could be the signature, and stays with the letter."""

ANSWER = "Добрый день, спасибо.\n\nВсё работает, да."
EARLIER = ("> Проверьте, пожалуйста.\n> Анна", "Проверьте, пожалуйста.\nАнна")


@pytest.mark.parametrize("program", ATTRIBUTIONS)
@pytest.mark.parametrize("earlier", EARLIER)
def test_what_stands_above_the_quote_is_the_reply(program: str, earlier: str) -> None:
    found = split(f"{ANSWER}\n\n{ATTRIBUTIONS[program]}\n\n{earlier}\n")

    assert found.new == ANSWER
    assert found.quoted == f"{ATTRIBUTIONS[program]}\n\n{earlier}"


@pytest.mark.parametrize("program", [name for name in ATTRIBUTIONS if name not in NAME_ALONE])
def test_a_program_may_wrap_before_the_address(program: str) -> None:
    wrapped = ATTRIBUTIONS[program].replace(" <anna", "\n<anna").replace(" (<anna", "\n(<anna")

    assert split(f"{ANSWER}\n\n{wrapped}\n\n{EARLIER[0]}\n").new == ANSWER


@pytest.mark.parametrize("language", HEADS)
@pytest.mark.parametrize("rule", ["", f"{'_' * 32}\n"])
def test_outlook_puts_the_head_of_the_earlier_letter_below(language: str, rule: str) -> None:
    head = rule + "\n".join(HEADS[language])

    assert split(f"{ANSWER}\n\n{head}\n\n{EARLIER[1]}\n").new == ANSWER


@pytest.mark.parametrize(("language", "line"), PHONES)
def test_what_a_phone_adds_is_a_signature(language: str, line: str) -> None:
    found = split(f"{ANSWER}\n\n{line}\n")

    assert (found.new, found.signature) == (ANSWER, line)


@pytest.mark.parametrize(
    "sentence",
    [
        "14.05.2026 в 10:15 мне никто не ответил, и я написал ещё раз.",
        "On May 14, 2026 I wrote to anna@desk.example: no answer.",
        "Am 14.05.2026 schrieb ich an anna@desk.example, ohne Antwort.",
        "Кому: мне ответить?",
        "Download Outlook does not work here, what now? It stops after the second page.",
    ],
)
def test_a_sentence_of_the_letter_is_not_taken_for_any_of_these(sentence: str) -> None:
    text = f"Добрый день.\n\n{sentence}\n\nЧто делать?"

    assert split(text).new == text


PIECES = [*ATTRIBUTIONS.values(), *("\n".join(head) for head in HEADS.values()), *(line for _language, line in PHONES)]


@given(
    st.lists(st.one_of(st.sampled_from(PIECES), st.sampled_from([*EARLIER, ANSWER, "", "-- ", "> > да"])), max_size=8)
)
def test_nothing_is_cut_for_ever(pieces: list[str]) -> None:
    text = "\n".join(pieces)
    found = split(text)

    kept = [line for part in (found.new, found.quoted, found.signature) for line in part.split("\n") if line.strip()]
    assert sorted(kept) == sorted(line for line in text.split("\n") if line.strip())
