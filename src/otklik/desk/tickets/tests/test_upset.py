"""Which words show that a client is upset: real and tricky sentences, and what must not matter."""

import csv
import os
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.desk.tickets.upset import judging
from otklik.desk.tickets.upset.judging import ENOUGH, LONGEST, SIGNS, judge
from tests.fixtures.server import ROOT

UPSET = """
Это просто безобразие.
Сколько можно?
Сколько можно ждать, у нас стоит работа!
Третий раз пишу вам, и никакого ответа.
Пишу вам уже третий раз
В который раз прошу исправить счёт.
Верните деньги!
Немедленно верните мне мои деньги.
Если не вернёте деньги обращусь в суд.
Если до пятницы не исправите, подам на вас в суд.
Буду вынужден обратиться в Роспотребнадзор
Мы напишем жалобу в ваш офис.
Жалоба
Хочу пожаловаться на вашего сотрудника.
Ваш оператор нахамил мне по телефону
Ужасный сервис, ухожу.
Поддержка у вас просто ужасная
Вы издеваетесь?
ПОЧЕМУ НИЧЕГО НЕ РАБОТАЕТ!!!
Это не просто безобразие, это хамство
Мы крайне недовольны вашей работой.
Моё терпение лопнуло.
До каких пор это будет продолжаться?
Никто не реагирует, уже неделю сидим без связи.
Обещали перезвонить вчера, и тишина. До сих пор никто не ответил!!!
Вам наплевать на клиентов
Вы нас уже достали
Одни отписки вместо помощи
Ну и какого чёрта вы отключили номер
This is completely unacceptable.
This is the third time I am writing to you.
I want my money back!
We are extremely disappointed with your support.
Worst customer service ever.
I will see you in court.
We will take legal action.
I am fed up with this.
Your support is a joke. Is this some kind of joke?
You are ignoring my emails.
This isn't just disappointing, it is outrageous
How many times do I have to explain this?
I'd like to file a formal complaint.
Nobody cares!!! Still no answer. how much longer
Я возмущена таким отношением.
Это свинство.
Доколе нам это терпеть?
Вы просто мошенники!
Ну бля, опять не работает ваш личный кабинет
Не АТС, а дерьмо.
Позор вашей компании.
Пять раз писал вам, надоело.
Требую немедленно вернуть списанное.
Требую ответа!!! Надоело.
Направим вам досудебную претензию.
Вопрос будет решаться в судебном порядке.
Мы разочарованы, ждали другого.
Беспредел какой-то.
У вас бардак, никто не помогает.
Это чистый обман.
Хватит писать, что всё исправлено: врёте.
Вы нас игнорируете.
Ваши сотрудники некомпетентны.
Это неуважение к клиентам.
Вопиющая безответственность.
Какие-то идиоты отключили нам номер.
По вашей вине теряем клиентов.
Ничего не сделано, так работать невозможно.
Никто не помог, невозможно работать.
Больше нет сил, уходим от вас.
Когда же это прекратится? Сил нет!
Ни хрена не работает
Работа поддержки отвратительная: одни отписки, за что платим?
Ваш сервис ужасен. Ужасный сервис.
Расторгаем договор, переходим к другому оператору, уже третью неделю ждём!!!
If this goes on we will sue you.
You will hear from our lawyers.
I have lost all patience.
Enough is enough.
Shame on you.
You are a bunch of liars.
What the fuck is going on?
This is ridiculous.
It isn't acceptable.
We demand an immediate explanation.
Your staff are incompetent.
What a waste of time.
It is a rip-off.
I am not at all happy with your work.
Your agent was very rude.
Are you idiots?
Unbelievable. We are switching to your competitor.
Cancel our contract: still no answer, unbelievable!!!
No-one cares, and it is terrible.
Your service has been awful.
Fuming 😡 and nobody replies to me
""".strip().splitlines()
CALM = """
Добрый день! Не работает телефония с утра, помогите, пожалуйста.
Сколько можно подключить номеров на тарифе?
Сколько можно добавить сотрудников в очередь?
До каких пор действует тариф?
Где у вас форма жалобы?
Жалоб нет, всё работает.
Это не безобразие, просто вопрос.
Претензий не имеем.
Никаких претензий к вам нет.
Я не собираюсь на вас жаловаться.
В суд мы подавать не будем
Не пойду в суд из-за этого.
Нам пришло письмо из Роспотребнадзора на этот номер.
Арбитражный суд прислал запрос на детализацию.
Звук ужасный, слышно плохо.
Мошенники звонят с нашего номера.
Нас обманули мошенники, заблокируйте номер.
Третий раз пишу, чтобы поблагодарить: спасибо!
Звоню третий раз подряд на номер 100, а он занят.
Никто не отвечает в очереди, звонки теряются.
Спасибо!!! Всё работает!!!
ООО РОМАШКА ИНН КПП ОГРН
КОММЕРЧЕСКОЕ ПРЕДЛОЖЕНИЕ НА ПОСТАВКУ ОБОРУДОВАНИЯ
Как оформить отписку от рассылки?
Вы достали запись разговора?
Если клиент недоволен, звонок уходит старшему.
Прошу вернуть деньги за неиспользованный месяц.
Верните, пожалуйста, деньги на баланс.
Пожалуйста, верните деньги за март
Ужасно благодарны вам за помощь!
Роутер и телефоны игнорируют регистрацию.
Менеджер сказал: «Это безобразие, верните деньги».
> Это безобразие, подам в суд
Оскорблять никого не хотим, потреблять трафик меньше
За что мы платим 500 рублей по строке 3?
Исковое заявление не загружается в кабинет
Мы не разочарованы.
Заявление в Роскомнадзор подали, нужен договор
Расторгаем договор с прежним оператором, перенесите номер.
Please refund us for the unused month.
How many times does the phone retry?
The audio is terrible today.
This is a scam call, can you block the number?
We are not disappointed at all.
No complaints from our side.
The latency is unacceptable for SIP?
Unauthorised use may result in legal action.
Worst case, we reboot the router.
The router is ignoring our config.
Nobody answers the queue, calls drop.
My lawyer asks for a copy of the contract.
Could you send an invoice?
I'm not unhappy, just curious.
Сколько можно отправить СМС за раз?
Пришлите форму претензии, пожалуйста.
Не хочу писать жалобу, просто помогите.
Я не возмущён, мне любопытно.
Без претензий к вам, спасибо!
Пожалуйста, верните деньги за март, третий раз не пишем.
Когда уже можно будет настроить переадресацию?
Уже две недели пользуемся, до сих пор не разобрались с отчётом.
Ждём ответа!!!
Расскажите, как подать иск в суд через ваш кабинет?
Он пойдёт в суд как свидетель, нужна запись разговора.
Абонент говорит "ужасный сервис", но это про такси.
It is not unacceptable, just slow.
We don't want to file a complaint.
There is no complaint about you.
Is there a way to cancel our subscription?
WTFM RFC SIP TLS SRTP TCP UDP
""".strip().splitlines()
SENTENCES = st.sampled_from([one if one[-1] in ".!?" else f"{one}." for one in (*UPSET, *CALM) if one[0] != ">"])
PLAIN = st.text(st.characters(exclude_characters='«»“”"\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029'), max_size=80)


@pytest.mark.parametrize("said", UPSET)
def test_who_writes_so_is_upset(said: str) -> None:
    judged = judge(said)
    assert judged.is_upset and judged.words, judged


@pytest.mark.parametrize("said", CALM)
def test_who_writes_so_is_not(said: str) -> None:
    assert not judge(said).is_upset, judge(said)


def test_no_sign_is_there_for_nothing() -> None:
    """Each stands in a sentence above, and its stems let it be found."""
    met = {
        key for said in UPSET for one in judging.SENTENCE.findall(said) for key, _weight, _words in judging._signs(one)
    }
    assert [SIGNS[number].pattern for number in set(range(len(SIGNS))) - met] == []


def test_the_reason_is_in_the_clients_words_the_heaviest_first() -> None:
    judged = judge("До сих пор ничего. Третий раз пишу вам!!! Это безобразие")
    assert judged.words == ("безобразие", "третий раз пишу", "!!!", "до сих пор ничего")
    assert judged.weight == 4 + 3 + 1 + 1


def test_capitals_and_exclamation_marks_say_something_only_together() -> None:
    assert not judge("ГДЕ МОЙ ДОГОВОР НА ТЕЛЕФОНИЮ").is_upset
    assert not judge("Где мой договор?!!").is_upset
    assert judge("ГДЕ МОЙ ДОГОВОР НА ТЕЛЕФОНИЮ?!!").words == ("ГДЕ МОЙ ДОГОВОР НА ТЕЛЕФОНИЮ", "?!!")


def test_a_negation_reaches_no_further_than_its_clause() -> None:
    assert judge("Я не злюсь, это просто безобразие").is_upset
    assert judge("Не работает ничего. Безобразие").is_upset
    assert not judge("Я не сказал бы безобразие").is_upset
    assert judge("Если не вернёте деньги обращусь в суд").is_upset


def test_a_sentence_that_was_wrapped_is_one_and_a_paragraph_ends_it() -> None:
    assert judge("Добрый день,\nпишу вам уже третий\nраз").is_upset
    assert not judge("Отчёт за третий\n\nраз пишу вам").is_upset


@given(st.lists(SENTENCES, max_size=6), st.randoms())
def test_the_order_of_sentences_does_not_matter(sentences: list[str], chance: object) -> None:
    shuffled = list(sentences)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert judge("\n".join(sentences)) == judge(" ".join(shuffled))


@given(st.lists(SENTENCES, max_size=4))
def test_saying_it_twice_does_not_matter(sentences: list[str]) -> None:
    said = " ".join(sentences)
    assert judge(f"{said} {said}") == judge(said)


@given(SENTENCES, PLAIN, st.sampled_from(["«{}»", "“{}”", '"{}"', "\n> {}\n"]))
def test_what_is_quoted_does_not_matter(said: str, quoted: str, marks: str) -> None:
    assert judge(f"{said}\n\n{marks.format(quoted)}") == judge(said)
    assert not judge(marks.format("Это безобразие, верните деньги!!!")).is_upset


@given(st.text(max_size=400))
def test_any_text_gets_an_answer(said: str) -> None:
    judged = judge(said)
    assert judged.is_upset == (judged.weight >= ENOUGH) and bool(judged.words) == bool(judged.weight)


@pytest.mark.parametrize("hostile", ["\n ", " ", '"', "«", "!", "не ", "раз пишу ", "никто ", "A B ", "ААА ББ ", "> "])
def test_no_text_is_slow_to_read(hostile: str) -> None:
    """A hundred times what an ordinary letter takes, on a busy machine."""
    begun = time.process_time()
    judge(hostile * LONGEST)
    assert time.process_time() - begun < 0.1


MENTIONS = Path(os.environ.get("OTKLIK_SHARED") or ROOT.parent / "shared") / "data" / "texts_ru" / "bank_mentions.csv"


@pytest.mark.skipif(not MENTIONS.is_file(), reason=f"the texts are not here: {MENTIONS} (set OTKLIK_SHARED)")
def test_of_public_words_that_others_have_marked_few_are_taken_for_worse_than_they_are() -> None:
    """Not letters, and most complaints there are too mild for us; what counts is who is marked wrongly."""
    with MENTIONS.open(encoding="utf-8-sig") as rows:
        marked = [(row.pop("text"), "-1" in row.values()) for row in csv.DictReader(rows)]
    wrong = sum(judge(text).is_upset for text, is_bad in marked if not is_bad)
    right = sum(judge(text).is_upset for text, is_bad in marked if is_bad)
    assert right >= 9 * wrong and wrong <= len(marked) * 0.002
