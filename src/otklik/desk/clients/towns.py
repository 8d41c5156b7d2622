"""In which time zone the larger cities lie: of Russia each that has 300,000 people or heads a region, of its neighbours
the capitals and the largest ones.

Facts of the tz database (its `zone.tab` and the histories of its zones), by names in Russian and in English; what has
two names in use has both.  A name that cities of two clocks share stands for the larger one, or is left out.
"""

import re
from functools import lru_cache
from typing import NamedTuple

TOWNS: dict[str, str] = {
    "Europe/Kaliningrad": "Калининград/Kaliningrad",
    "Europe/Moscow": """
        Москва/Moscow, Санкт-Петербург/Saint Petersburg, Петербург/Petersburg, Питер/Piter, СПб/St Petersburg,
        Нижний Новгород/Nizhny Novgorod, Казань/Kazan, Ростов-на-Дону/Rostov-on-Don, Краснодар/Krasnodar,
        Воронеж/Voronezh, Махачкала/Makhachkala, Ярославль/Yaroslavl, Рязань/Ryazan,
        Набережные Челны/Naberezhnye Chelny, Балашиха/Balashikha, Пенза/Penza, Липецк/Lipetsk, Чебоксары/Cheboksary,
        Тула/Tula, Ставрополь/Stavropol, Курск/Kursk, Сочи/Sochi, Тверь/Tver, Иваново/Ivanovo, Брянск/Bryansk,
        Белгород/Belgorod, Владимир/Vladimir, Архангельск/Arkhangelsk, Калуга/Kaluga, Смоленск/Smolensk,
        Саранск/Saransk, Череповец/Cherepovets, Вологда/Vologda, Орёл/Oryol, Владикавказ/Vladikavkaz,
        Грозный/Grozny, Подольск/Podolsk, Тамбов/Tambov, Мурманск/Murmansk, Петрозаводск/Petrozavodsk,
        Кострома/Kostroma, Новороссийск/Novorossiysk, Йошкар-Ола/Yoshkar-Ola, Таганрог/Taganrog, Химки/Khimki,
        Мытищи/Mytishchi, Королёв/Korolyov, Люберцы/Lyubertsy, Сыктывкар/Syktyvkar, Нижнекамск/Nizhnekamsk,
        Шахты/Shakhty, Дзержинск/Dzerzhinsk, Нальчик/Nalchik, Псков/Pskov, Великий Новгород/Veliky Novgorod,
        Черкесск/Cherkessk, Майкоп/Maykop, Элиста/Elista, Магас/Magas, Назрань/Nazran, Нарьян-Мар/Naryan-Mar,
        Рыбинск/Rybinsk, Северодвинск/Severodvinsk, Пятигорск/Pyatigorsk, Старый Оскол/Stary Oskol,
        Армавир/Armavir, Одинцово/Odintsovo, Красногорск/Krasnogorsk, Зеленоград/Zelenograd, Альметьевск/Almetyevsk,
        Великие Луки/Velikiye Luki, Минеральные Воды/Mineralnye Vody, Волгодонск/Volgodonsk, Коломна/Kolomna
    """,
    "Europe/Kirov": "Киров/Kirov",
    "Europe/Simferopol": "Симферополь/Simferopol, Севастополь/Sevastopol, Керчь/Kerch, Ялта/Yalta",
    "Europe/Volgograd": "Волгоград/Volgograd, Волжский/Volzhsky",
    "Europe/Saratov": "Саратов/Saratov, Энгельс/Engels, Балаково/Balakovo",
    "Europe/Astrakhan": "Астрахань/Astrakhan",
    "Europe/Ulyanovsk": "Ульяновск/Ulyanovsk, Димитровград/Dimitrovgrad",
    "Europe/Samara": "Самара/Samara, Тольятти/Tolyatti, Ижевск/Izhevsk, Сызрань/Syzran, Новокуйбышевск/Novokuybyshevsk",
    "Asia/Yekaterinburg": """
        Екатеринбург/Yekaterinburg, Екатеринбург/Ekaterinburg, Челябинск/Chelyabinsk, Уфа/Ufa, Пермь/Perm,
        Тюмень/Tyumen, Оренбург/Orenburg, Магнитогорск/Magnitogorsk, Сургут/Surgut, Нижний Тагил/Nizhny Tagil,
        Курган/Kurgan, Стерлитамак/Sterlitamak, Нижневартовск/Nizhnevartovsk, Ханты-Мансийск/Khanty-Mansiysk,
        Салехард/Salekhard, Новый Уренгой/Novy Urengoy, Ноябрьск/Noyabrsk, Орск/Orsk, Златоуст/Zlatoust,
        Миасс/Miass, Нефтеюганск/Nefteyugansk, Тобольск/Tobolsk, Березники/Berezniki, Салават/Salavat,
        Каменск-Уральский/Kamensk-Uralsky, Копейск/Kopeysk, Нефтекамск/Neftekamsk
    """,
    "Asia/Omsk": "Омск/Omsk",
    "Asia/Novosibirsk": "Новосибирск/Novosibirsk, Бердск/Berdsk",
    "Asia/Barnaul": "Барнаул/Barnaul, Бийск/Biysk, Горно-Алтайск/Gorno-Altaysk, Рубцовск/Rubtsovsk",
    "Asia/Tomsk": "Томск/Tomsk, Северск/Seversk",
    "Asia/Novokuznetsk": "Новокузнецк/Novokuznetsk, Кемерово/Kemerovo, Прокопьевск/Prokopyevsk",
    "Asia/Krasnoyarsk": "Красноярск/Krasnoyarsk, Абакан/Abakan, Кызыл/Kyzyl, Норильск/Norilsk, Ачинск/Achinsk",
    "Asia/Irkutsk": "Иркутск/Irkutsk, Улан-Удэ/Ulan-Ude, Братск/Bratsk, Ангарск/Angarsk, Усть-Илимск/Ust-Ilimsk",
    "Asia/Chita": "Чита/Chita",
    "Asia/Yakutsk": "Якутск/Yakutsk, Благовещенск/Blagoveshchensk, Нерюнгри/Neryungri",
    "Asia/Vladivostok": """
        Владивосток/Vladivostok, Хабаровск/Khabarovsk, Комсомольск-на-Амуре/Komsomolsk-on-Amur, Уссурийск/Ussuriysk,
        Находка/Nakhodka, Биробиджан/Birobidzhan
    """,
    "Asia/Sakhalin": "Южно-Сахалинск/Yuzhno-Sakhalinsk",
    "Asia/Magadan": "Магадан/Magadan",
    "Asia/Kamchatka": "Петропавловск-Камчатский/Petropavlovsk-Kamchatsky",
    "Asia/Anadyr": "Анадырь/Anadyr",
    "Europe/Minsk": """
        Минск/Minsk, Гомель/Gomel, Могилёв/Mogilev, Витебск/Vitebsk, Гродно/Grodno, Бобруйск/Bobruisk,
        Барановичи/Baranovichi, Борисов/Borisov, Пинск/Pinsk, Орша/Orsha, Мозырь/Mozyr, Могилёв/Mahilyow,
        Гомель/Homyel, Витебск/Vitsebsk, Гродно/Hrodna
    """,
    "Europe/Kyiv": """
        Киев/Kyiv, Киев/Kiev, Харьков/Kharkiv, Харьков/Kharkov, Одесса/Odesa, Днепр/Dnipro, Запорожье/Zaporizhzhia,
        Львов/Lviv, Кривой Рог/Kryvyi Rih, Николаев/Mykolaiv, Винница/Vinnytsia, Херсон/Kherson, Полтава/Poltava,
        Чернигов/Chernihiv, Черкассы/Cherkasy, Житомир/Zhytomyr, Сумы/Sumy, Ровно/Rivne, Хмельницкий/Khmelnytskyi,
        Черновцы/Chernivtsi, Ивано-Франковск/Ivano-Frankivsk, Тернополь/Ternopil, Луцк/Lutsk, Ужгород/Uzhhorod
    """,
    "Europe/Chisinau": "Кишинёв/Chisinau, Кишинёв/Kishinev, Бельцы/Balti, Тирасполь/Tiraspol",
    "Europe/Vilnius": "Вильнюс/Vilnius, Каунас/Kaunas, Клайпеда/Klaipeda",
    "Europe/Riga": "Рига/Riga, Даугавпилс/Daugavpils, Лиепая/Liepaja",
    "Europe/Tallinn": "Таллин/Tallinn, Таллинн/Tallinn, Тарту/Tartu, Нарва/Narva",
    "Asia/Tbilisi": "Тбилиси/Tbilisi, Батуми/Batumi, Кутаиси/Kutaisi, Рустави/Rustavi",
    "Asia/Yerevan": "Ереван/Yerevan, Гюмри/Gyumri, Ванадзор/Vanadzor",
    "Asia/Baku": "Баку/Baku, Гянджа/Ganja, Сумгаит/Sumgait, Сумгаит/Sumqayit",
    "Asia/Almaty": """
        Алматы/Almaty, Алма-Ата/Alma-Ata, Астана/Astana, Нур-Султан/Nur-Sultan, Шымкент/Shymkent,
        Караганда/Karaganda, Караганда/Qaraghandy, Тараз/Taraz, Павлодар/Pavlodar, Семей/Semey,
        Усть-Каменогорск/Ust-Kamenogorsk, Усть-Каменогорск/Oskemen, Петропавловск/Petropavl, Кокшетау/Kokshetau,
        Талдыкорган/Taldykorgan, Экибастуз/Ekibastuz, Темиртау/Temirtau, Туркестан/Turkistan, Жезказган/Zhezkazgan
    """,
    "Asia/Qostanay": "Костанай/Kostanay, Костанай/Qostanay, Кустанай/Kustanay",
    "Asia/Aqtobe": "Актобе/Aktobe, Актобе/Aqtobe",
    "Asia/Atyrau": "Атырау/Atyrau",
    "Asia/Aqtau": "Актау/Aktau, Актау/Aqtau",
    "Asia/Oral": "Уральск/Uralsk, Уральск/Oral",
    "Asia/Qyzylorda": "Кызылорда/Kyzylorda, Кызылорда/Qyzylorda",
    "Asia/Tashkent": "Ташкент/Tashkent, Андижан/Andijan, Фергана/Fergana, Наманган/Namangan, Коканд/Kokand",
    "Asia/Samarkand": "Самарканд/Samarkand, Бухара/Bukhara, Карши/Karshi, Нукус/Nukus, Навои/Navoi, Ургенч/Urgench",
    "Asia/Bishkek": "Бишкек/Bishkek, Ош/Osh, Джалал-Абад/Jalal-Abad",
    "Asia/Dushanbe": "Душанбе/Dushanbe, Худжанд/Khujand, Бохтар/Bokhtar",
    "Asia/Ashgabat": "Ашхабад/Ashgabat, Туркменабад/Turkmenabat, Дашогуз/Dashoguz",
    "Asia/Ulaanbaatar": "Улан-Батор/Ulaanbaatar, Улан-Батор/Ulan Bator",
}
"""Zone by zone; the first city of each is the one by which the zone is told to people."""
OTHERWISE: dict[str, str] = {
    "st. petersburg": "Europe/Moscow",
    "sankt peterburg": "Europe/Moscow",
    "rostov": "Europe/Moscow",
    "orel": "Europe/Moscow",
    "nizhni novgorod": "Europe/Moscow",
    "челны": "Europe/Moscow",
    "togliatti": "Europe/Samara",
    "брест": "Europe/Minsk",
    "днепропетровск": "Europe/Kyiv",
    "odessa": "Europe/Kyiv",
}
"""Names that are no spelling of the table; Брест in Russian letters is the one of Belarus."""
CODES: dict[str, str] = {
    "7302": "Asia/Chita",
    "7382": "Asia/Tomsk",
    "7384": "Asia/Novokuznetsk",
    "7385": "Asia/Barnaul",
    "7388": "Asia/Barnaul",
    "7401": "Europe/Kaliningrad",
    "7842": "Europe/Ulyanovsk",
    "7844": "Europe/Volgograd",
    "7845": "Europe/Saratov",
    "7851": "Europe/Astrakhan",
    "370": "Europe/Vilnius",
    "371": "Europe/Riga",
    "372": "Europe/Tallinn",
    "375": "Europe/Minsk",
}
"""Codes of regions and countries of which the library of telephone numbers names another place of the same clock, or a
clock that is not theirs: Saratov (Moscow's, an hour behind), Kaliningrad and the Baltic states (Bucharest's)."""
LONGEST = 80
_LEAD = re.compile(r"^(?:г\.|г |гор\.|город |city of )\s*", re.IGNORECASE)
_REGION = re.compile(r"росси|\bрф\b|\bобл|област|\bкрай\b|республик|\bресп\b|татарстан|башкортостан|беларус|казахстан")


class Town(NamedTuple):
    """A city of the table as it was written; `is_namesake` is one by which its zone is called."""

    zone: str
    is_namesake: bool
    name: str = ""


def town_of(said: str) -> Town | None:
    """By what somebody wrote: `г. Орёл`, `Rostov-on-Don`, `Казань, Татарстан`; None for what is not in the table."""
    whole = _LEAD.sub("", " ".join(said.split()))
    first, _comma, rest = whole.partition(",")
    if found := _towns().get(_plain(whole)):
        return found._replace(name=whole[:LONGEST])
    found = _towns().get(_plain(first)) if _REGION.search(rest.lower()) else None
    return found._replace(name=first.strip()[:LONGEST]) if found else None


def of_number(number: str) -> str:
    """The zone of a number in the international form, without its plus; "" where the code is not in the table."""
    return next((CODES[number[:size]] for size in (4, 3) if number[:size] in CODES), "")


def told_as(zone: str, language: str) -> str:
    """The city by which a zone of the table is called, in Russian or in English; "" for others."""
    first = TOWNS.get(zone, "").partition(",")[0].strip()
    russian, _slash, english = first.partition("/")
    return russian if language.startswith("ru") else english


@lru_cache(maxsize=1)
def _towns() -> dict[str, Town]:
    found: dict[str, Town] = {}
    for zone, names in TOWNS.items():
        pairs = [[_plain(name) for name in pair.split("/")] for pair in names.split(",")]
        for pair in pairs:
            for name in pair:
                found.setdefault(name, Town(zone, pair[0] == pairs[0][0]))
    return found | {_plain(name): Town(zone, False) for name, zone in OTHERWISE.items()}


def _plain(said: str) -> str:
    """Letters as they are compared: small, ё as е, no hyphens, single spaces."""
    return " ".join(said.lower().replace("ё", "е").replace("-", " ").split())
