"""Papers read back: what a reader finds in the PDF, and what nobody may do to it."""

import io
import re
import subprocess

import pypdfium2
import pytest
from PIL import Image

from otklik.core.paper import (
    Bars,
    Busy,
    Cell,
    Chart,
    Facts,
    Figure,
    Figures,
    Heading,
    Heat,
    Paper,
    Table,
    Unprintable,
    Words,
    pdf,
    picture,
    printing,
    read,
)
from otklik.core.paper.colours import colours, written
from otklik.core.paper.drawing import LOOKS, stretched
from otklik.core.paper.letters import letter_of
from otklik.core.ui import charts

HOSTILE = (
    '#import "@preview/cetz:0.4.0"',
    '#read("/etc/passwd")',
    "$ x^2 $ *bold* _thin_ `raw` @label <label>",
    "\\ #text(red)[x] // comment /* more */ = Heading",
    "<script>alert(1)</script> & ' \"",
)


def pages(content: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content)]


def words(content: bytes) -> str:
    return " ".join(" ".join(pages(content)).replace("\u200b", "").split())


def paper(*blocks, **told) -> Paper:
    return Paper("Неделя отдела", "пн, 30 нояб 2026, 9:00", blocks, language="ru", **told)


def line(**more) -> Chart:
    values = [float(number) for number in range(1, 29)]
    told = read(charts.chart_line(values, "First answer: 28 min", labels=["1", "14", "28"], unit="min", **more))
    assert isinstance(told, Chart)
    return told


def test_everything_that_is_told_can_be_read():
    told = words(
        pdf(
            paper(
                Figures([Figure("Первый ответ", "1 ч 05 мин", "было 2 ч", "ok", ["12 измерений"])]),
                Heading("По линиям", "рабочее время"),
                Table(["Линия", "Первый ответ"], [["Склад", Cell("мало данных", "3 измерения", pale=True)]]),
                Bars([("до дня", 0.0, 1.0, "12")]),
                Words("Цена 100 ₽, разница −3 ≈ 5"),
                lead="114 обращений пришло",
                facts=[("Период", "1–28 ноября")],
                house="Северный Мост",
            )
        )
    )
    for expected in (
        "Неделя отдела", "114 обращений пришло", "Период: 1–28 ноября", "Первый ответ", "1 ч 05 мин", "было 2 ч",
        "12 измерений", "По линиям", "рабочее время", "Склад", "мало данных", "3 измерения", "до дня", "100 ₽",
        "−3 ≈ 5", "Северный Мост", "1 / 1", "пн, 30 нояб 2026, 9:00",
    ):  # fmt: skip
        assert expected in told, expected


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_is_never_markup(text):
    """Whatever a client wrote stands there as it was written, in each place where a text may stand."""
    told = words(
        pdf(
            Paper(
                text,
                "now",
                [
                    Heading(text, text),
                    Words(text),
                    Figures([Figure(text, text, text, "", [text])]),
                    Table([text, text], [[text, Cell(text, text)]]),
                    Facts([(text, text)]),
                    Bars([(text, 0.0, 0.5, text)]),
                    Heat([text], [(text, [(1, text)])], text, text),
                    read(charts.chart_line([1, 2], text, labels=[text, "b"], points=[text, "b"])),
                ],
                text,
                [(text, text)],
                text,
            )
        )
    )
    assert "root:" not in told
    assert told.replace(" ", "").count(text.replace(" ", "")) >= 9


def test_a_long_table_goes_on_with_its_heads():
    rows = [[f"Строка {number}", str(number)] for number in range(200)]
    found = pages(pdf(paper(Table(["Имя", "Сколько"], rows))))
    assert len(found) > 3
    assert all("Сколько" in page for page in found)
    assert "Строка 199" in found[-1] and f"{len(found)} / {len(found)}" in found[-1]


def test_what_is_too_long_for_paper_is_said():
    rows = [[str(number), "x"] for number in range(printing.MOST_ROWS + 7)]
    assert "CSV" in words(pdf(paper(Table(["a", "b"], rows)))) and "7" in printing._more(7)


def test_an_empty_paper_is_a_page():
    assert "1 / 1" in words(pdf(paper()))
    assert "Имя" in words(pdf(paper(Table(["Имя"], []), Figures([]), Bars([]), Facts([]))))


def test_a_word_without_end_stays_inside_of_its_column():
    content = pdf(paper(Table(["a", "b"], [["ы" * 400, "end"]])))
    page = pypdfium2.PdfDocument(content)[0]
    text = page.get_textpage()
    right = max(text.get_charbox(place)[2] for place in range(text.count_chars()))
    assert right <= page.get_size()[0] - 40


def test_unseen_characters_and_half_a_letter_do_no_harm():
    assert "ab" in words(pdf(paper(Words("a\x00\x1bb\ud800"[:4]), Words("\u202eright to left"))))


def test_the_numbers_of_a_chart_stand_at_the_end():
    told = paper(line(points=[f"{day} нояб" for day in range(1, 29)]))
    assert "27 нояб" in pages(pdf(told))[-1]
    assert "27 нояб" not in words(pdf(Paper("x", "y", told.blocks, twins=False)))


def test_a_chart_is_drawn_without_classes_and_per_cent():
    chart = line(base=[3.0] * 28, band=[(1.0, 30.0)] * 28, marks=[charts.Mark(3, "A")])
    assert "class=" not in chart.svg and "%" not in chart.svg and "var(" not in chart.svg
    assert chart.says == "First answer: 28 min" and chart.twin is None


def test_every_look_is_of_known_colours():
    named = {value[1:] for look in LOOKS.values() for value in look.values() if value.startswith("$")}
    assert named <= colours().keys()


def test_colours_are_those_of_the_standard():
    """White, black and the red of sRGB in OKLCH (CSS Color 4)."""
    assert written(1, 0, 0) == "#ffffff"
    assert written(0, 0, 0) == "#000000"
    assert written(0.62796, 0.25768, 29.234) == "#ff0000"


def test_a_path_is_stretched_in_one_direction():
    assert stretched("M0 24L50 30h0V5H0Z", 2) == "M0 24L100 30h0V5H0Z"


def test_other_charts_become_blocks():
    assert read(charts.chart_bars([("a", 4), ("b", -4)])) == Bars([("a", 0.5, 0.5, "4"), ("b", 0.0, 0.5, "−4")])
    heat = read(charts.heat_map([("Mon", [0, 6.0, None])], "by hour"))
    assert isinstance(heat, Heat) and [step for step, _said in heat.rows[0][1]] == [0, 6, 0]
    assert isinstance(read(charts.chart_line([], "nothing")), Words)
    for html in (
        charts.distribution([1, 2, 3], "spread", norm=0.5, median=0.4, norm_label="n"),
        charts.control_chart([1, 2, 9], "signals", mean=4, lo=1, hi=7, signals=[2]),
    ):
        block = read(html)
        assert isinstance(block, Chart) and picture(block)
    with pytest.raises(ValueError, match="no chart"):
        read("<b>x</b>")


def test_a_picture_is_as_wide_as_a_letter_and_has_the_chart():
    drawn = Image.open(io.BytesIO(picture(line())))
    assert drawn.width == 840 and 300 < drawn.height < 400
    assert len(drawn.convert("RGB").getcolors(100_000) or []) > 5


def test_what_takes_too_long_ends(monkeypatch):
    monkeypatch.setattr(printing, "SECONDS", 0)
    monkeypatch.setattr(printing, "MEMORY", 1024)
    with pytest.raises(Unprintable):
        pdf(paper(Table(["a"], [["x"]] * 900)))


def test_a_machine_that_is_too_slow_now_may_do_it_later(monkeypatch):
    def sleeps(command, **limits):
        raise subprocess.TimeoutExpired(command, limits["timeout"])

    monkeypatch.setattr(subprocess, "run", sleeps)
    with pytest.raises(Busy):
        pdf(paper(Heading("x")))


def test_a_letter_says_every_number_in_text_and_shows_charts():
    told = paper(
        Figures([Figure("Первый ответ", "12 мин", "было 20 мин", "ok", ["9 из 10 за 30 мин"])]),
        Heading("По линиям"),
        Table(["Линия", "SLA"], [["Склад", Cell("93 %", "12 из 13")]]),
        line(points=[str(day) for day in range(28)]),
        Bars([("до дня", 0.0, 1.0, "12")]),
        Facts([("К выплате", "100 ₽")]),
    )
    letter = letter_of(told, [("Отписаться", "https://desk.example/x?a=1&b=2")])
    for expected in (
        "Первый ответ: 12 мин (было 20 мин; 9 из 10 за 30 мин)", "Склад: SLA: 93 % (12 из 13)", "до дня: 12",
        "К выплате: 100 ₽", "First answer: 28 min", "Отписаться: https://desk.example/x?a=1&b=2",
    ):  # fmt: skip
        assert expected in letter.text
    assert list(letter.pictures) == ["chart1", "chart2"]
    assert 'src="cid:chart1" alt="First answer: 28 min"' in letter.html and 'alt="до дня: 12"' in letter.html
    assert "https://desk.example/x?a=1&amp;b=2" in letter.html


def test_a_table_of_many_columns_is_told_row_by_row_in_a_letter():
    """A phone has 390 pixels: seven columns run out of them, and an interval stood a word a line."""
    heads = ["Линия", "Первый ответ", "Решение", "SLA", "CSAT", "Переоткрыты", "Открыто"]
    values = [Cell("20 мин", "медиана, скорее всего, от 13 до 16 мин", pale=True), *"bcdef"]
    html = letter_of(paper(Table(heads, [["Склад", *values], ["Касса", *"ghijkl"]]))).html
    rows = [re.findall(r"<td[^>]*>(.*?)</td>", row) for row in re.findall(r"<tr>(.*?)</tr>", html)]

    assert max(map(len, rows)) == 2 and len(rows) == 2 * len(heads)
    assert [row[0] for row in rows[: len(heads)]] == ["Склад", *heads[1:]]
    assert rows[1][1].startswith("20 мин<br>") and "от 13 до 16 мин" in rows[1][1]
    assert [row[1] for row in rows[len(heads) + 1 :]] == list("ghijkl")

    narrow = letter_of(paper(Table(["Линия", "Пришло", "Решено"], [["Склад", "1", "2"]]))).html
    assert narrow.count("<th ") == 3, "three stand side by side"


def test_numbers_of_a_heat_map_stand_on_paper_where_the_screen_shows_them():
    by_hour = read(charts.heat_map([("Mon", [0, 6.0, None])], "by hour"))
    cohorts = read(charts.heat_map([("Jan", [100.0, charts.Pale(50.0), None])], "cohorts", unit="%", columns="012"))
    assert isinstance(by_hour, Heat) and isinstance(cohorts, Heat)
    assert (by_hour.numbers, cohorts.numbers) == (False, True)
    assert [said.replace("\xa0", " ") for _step, said in cohorts.rows[0][1]] == ["100 %", "50 %", ""]
    told = words(pdf(paper(cohorts)))
    assert told.count("100 %") == 2 and "50 %" in told, "in the cell and at the end of the scale"


@pytest.mark.parametrize("text", HOSTILE)
def test_a_letter_escapes(text):
    hostile = paper(
        Words(text),
        Facts([(text, text)]),
        Heading(text, text),
        Table([text], [[Cell(text, text)]]),
        Bars([(text, 0, 1, text)]),
    )
    assert "<script>" not in letter_of(hostile, [(text, text)]).html


def test_no_picture_of_a_letter_is_begun_after_its_time() -> None:
    told = Paper("Неделя", "сейчас", [Bars([("Первая линия", 0.0, 0.5, "12")])])

    assert letter_of(told).pictures
    with pytest.raises(printing.Busy):
        letter_of(told, seconds=-1)


@pytest.mark.parametrize("before", range(24, 44, 2))
def test_a_row_stays_on_one_page(before):
    """However full the page is when its turn comes."""
    rows: list[list[str | Cell]]
    rows = [[f"Строка {n}.", Cell("мало данных", f"{n}-нач " + "скорее всего " * 12 + f"{n}-кон")] for n in range(6)]
    told = pages(pdf(paper(*(Words(f"Абзац {n}") for n in range(before)), Table(["Кто", "Что", "Где", "Когда"], rows))))
    for number in range(6):
        begins, ends = (
            {place for place, text in enumerate(told) if f"{number}-{mark}" in text} for mark in ("нач", "кон")
        )
        assert begins == ends and len(begins) == 1


def test_a_row_longer_than_a_page_goes_on_over_it():
    told = words(pdf(paper(Table(["Кто"] * 6, [["да " * 600 + "все"] * 6]))))
    assert (told.count("да "), told.count("все")) == (3600, 6) and "1 / 1" not in told


def test_a_picture_cuts_no_letter_off():
    """Neither above the first label nor below the last one."""
    bars = Bars([("Щ, Ёж", 0.0, 0.0, "5"), ("1, очень щедро, up", 0.0, 0.0, "0")])
    grey = Image.open(io.BytesIO(picture(bars, "ru"))).convert("L")
    paper_white = grey.getpixel((0, 0))
    for edge in (0, 1, grey.height - 2, grey.height - 1):
        assert {grey.getpixel((x, edge)) for x in range(grey.width)} == {paper_white}
