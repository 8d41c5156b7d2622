"""Places in saved replies."""

import pytest

from otklik.desk.conversations.placeholders import PLACES, SAMPLES, filled, holes, unknown, with_chips


def test_INJECT_2_macros_know_a_fixed_list_and_nothing_else() -> None:
    """No attributes, filters, tags, loops; an unknown name stays visible as text."""
    values = {"client": "Анна", "agent": "Марина"}
    for text in (
        "{{client.email}}",
        "{{client|upper}}",
        "{{ client.__class__.__mro__ }}",
        "{% for x in client %}{{x}}{% endfor %}",
        "{{settings.SECRET_KEY}}",
        "{client}",
        "{{7*7}}",
        "{{}}",
        "${client}",
        "%(client)s",
        "{{client\n}}",
    ):
        assert filled(text, values) == text


def test_INJECT_2_a_value_is_never_read_again() -> None:
    """Also not in two halves that meet."""
    assert filled("{{client}}, {{agent}}", {"client": "{{agent}}", "agent": "М."}) == "{{agent}}, М."
    assert filled("{{{{client}}", {"client": "agent}}", "agent": "М."}) == "{{agent}}"
    assert filled("{{client}}{{agent}}", {"client": "{{com", "agent": "pany}}", "company": "X"}) == "{{company}}"


def test_INJECT_2_a_value_makes_neither_a_link_nor_a_line() -> None:
    value = "[Оплатить](https://evil.test)\r\nBcc: x\u2028<b>`"
    said = filled("Здравствуйте, {{клиент}}!", {"client": value})
    assert not set("[]<>`\r\n\u2028") & set(said)


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.english)
def test_every_place_has_a_name_in_both_languages(place) -> None:
    for language in ("ru", "en"):
        assert filled(f"«{place.written(language)}»", SAMPLES) == f"«{place.sample}»"
    assert filled(place.written("ru").upper().replace("{{", "{{  "), SAMPLES) == place.sample


def test_what_is_not_filled_in_is_told() -> None:
    text = filled("{{клиент}}: {{причина}}, {{срок}}", {"client": "Анна", "promise": ""})

    assert text == "Анна: {{причина}}, {{срок}}"
    assert holes(text) == ["{{причина}}", "{{срок}}"]
    assert unknown("{{клиент}} {{причина}}") == ["{{причина}}"]


def test_open_places_are_marked_in_the_text_and_not_inside_of_a_tag() -> None:
    html = with_chips('<p title="{{x}}">{{причина}}</p>')
    assert html == '<p title="{{x}}"><span class="chip hole" data-s="soon">причина</span></p>'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Здравствуйте, {{клиент}}!\n\nСпасибо.", "Здравствуйте!\n\nСпасибо."),
        ("{{клиент}}, добрый день! Документы пришлём.", "Добрый день! Документы пришлём."),
        ("Hello {{client}},\n\nThank you.", "Hello,\n\nThank you."),
        ("Проверили.\n{{ Клиент }}, чтобы понять, нужны примеры.", "Проверили.\nЧтобы понять, нужны примеры."),
        ("Сообщим {{клиент кому}} письмом.", "Сообщим {{клиент кому}} письмом."),
        ("Вопрос клиента {{клиент}} решён.", "Вопрос клиента {{клиент}} решён."),
        ("Передали клиенту {{клиент}}.", "Передали клиенту {{клиент}}."),
        ("Мы записали {{клиент}}!", "Мы записали {{клиент}}!"),
        ("{{клиент}},\n\nспасибо за письмо.", "Спасибо за письмо."),
        ("{{клиент}}! Спасибо.", "Спасибо."),
        ("Здравствуйте {{клиент}}. Готово.", "Здравствуйте. Готово."),
        ("**{{клиент}}**, всё готово.", "Всё готово."),
        ("Здравствуйте, **{{клиент}}**: готово.", "Здравствуйте: готово."),
        ("Уважаемый {{клиент}}!\n\nГотово.", "Здравствуйте!\n\nГотово."),
        ("Здравствуйте, уважаемая {{клиент}}!", "Здравствуйте!"),
        ("Dear {{client}},\n\nDone.", "Hello,\n\nDone."),
    ],
)  # fmt: skip
def test_a_client_without_a_name_leaves_no_comma_behind(text: str, said: str) -> None:
    assert filled(text, {"client": "", "client dative": ""}) == said


def test_what_nobody_reads_before_it_goes_says_what_we_know_of_the_client() -> None:
    text = "{{клиент}}, напишем {{клиент кому}} до {{срок}}."
    said = filled(text, {"client": "", "client dative": ""}, unnamed="+79135550915")
    assert said == "Напишем +79135550915 до {{срок}}."
    assert filled(text, {"client": "Анна", "client dative": "Анне"}, unnamed="anna@volga.test").startswith("Анна, ")
