"""Saved replies of the demo company."""

from otklik.core.staff.models import Team, User
from otklik.desk.conversations.models import SavedReply

EVERYBODYS = (
    (
        "Приняли, проверяем",
        "приняли",
        "Здравствуйте, {{клиент}}!\n\nСпасибо, что написали. Проверяем, в чём дело, и вернёмся с ответом: {{срок}}.\n\n"
        "{{сотрудник}}, {{компания}}",
        "Hello {{client}},\n\nThank you for writing. We are looking into it and will come back to you: {{promise}}.\n\n"
        "{{agent}}, {{company}}",
    ),
    (
        "Нужны записи звонков",
        "записи",
        "{{клиент}}, чтобы найти причину, нужны два-три примера:\n\n- дата и время звонка;\n- кто и кому звонил;\n"
        "- что было слышно.\n\nДостаточно ответить на это письмо.",
        "",
    ),
    (
        "Авария у оператора",
        "авария",
        "Здравствуйте, {{клиент}}!\n\nСейчас связь пропадает из-за аварии: {{что случилось}}. Работы идут, "
        "о результате сообщим {{клиент кому}} отдельным письмом.",
        "",
    ),
    (
        "Просим проверить и ответить",
        "проверьте",
        "Мы внесли изменения. Проверьте, пожалуйста, всё ли теперь работает.",
        "",
    ),
)
OF_THE_DESK = (
    (
        "Не наша задача",
        "boundary",
        "Здравствуйте, {{клиент}}!\n\nС этим помочь не сможем: {{компания}} отвечает за связь, а {{что просит клиент}} "
        "в неё не входит. Подскажем, к кому обратиться: {{куда обратиться}}.",
    ),
    (
        "Грубость: предупреждение",
        "warning",
        "Здравствуйте, {{клиент}}!\n\nМы хотим вам помочь и продолжаем работать над обращением № {{номер}}. Просим "
        "писать без оскорблений: иначе нам придётся прекратить разговор.\n\n{{компания}}",
    ),
)
FIRST_LINE = (
    "Перезагрузка роутера",
    "роутер",
    "1. Отключите роутер от розетки на 30 секунд.\n2. Включите и подождите две минуты.\n3. Позвоните с любого телефона "
    "на любой номер.\n\nЕсли звонок не прошёл, ответьте на это письмо: продолжит {{сотрудник}}.",
)
MARINAS = ("Спасибо за ожидание", "спасибо", "Спасибо, что подождали!")


def load() -> None:
    lead = User.objects.get(login="olga")
    for name, shortcut, text, english in EVERYBODYS:
        SavedReply(name=name, shortcut=shortcut, text=text, text_en=english).keep(by=lead)
    for name, purpose, text in OF_THE_DESK:
        SavedReply(name=name, purpose=purpose, text=text).keep(by=lead)
    name, shortcut, text = FIRST_LINE
    SavedReply(name=name, shortcut=shortcut, text=text, team=Team.objects.get(level=1)).keep(by=lead)
    name, shortcut, text = MARINAS
    marina = User.objects.get(login="marina")
    SavedReply(name=name, shortcut=shortcut, text=text, owner=marina).keep(by=marina)
