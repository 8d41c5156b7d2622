"""The clients of the demo company."""

from otklik.desk.tickets.seeds.telling import Person

VETROVA = Person(
    "Анна Ветрова",
    "vetrova@hlebny-dvor.example",
    "Пекарни «Хлебный двор»",
    {
        "address_as": "Анна Сергеевна",
        "position": "управляющая",
        "time_zone": "Asia/Novosibirsk",
        "literacy": 3,
        "interests": "готовится к полумарафону, открывает восьмой филиал",
        "quiet_hours": "25–31 числа: закрытие месяца, только письма. Обед с 13 до 14",
        "note": "Решает сама, любит короткие ответы без терминов",
        "tags": ["сеть", "рекомендует нас"],
    },
    roles=["decision", "user"],
)
LEN = Person(
    "Елена Доронина",
    "doronina@doktor-len.example",
    "Клиника «Доктор Лен»",
    {"address_as": "Елена Павловна", "position": "главный бухгалтер", "time_zone": "Europe/Moscow", "literacy": 2},
)
OTTISK = Person(
    "Степан Гуров",
    "gurov@ottisk.example",
    "Типография «Оттиск»",
    {"address_as": "Степан", "position": "директор", "time_zone": "Europe/Samara", "literacy": 4},
)
DYOMIN = Person("Роман Дёмин", "roman.dyomin@pochta.example", "", {"time_zone": "Asia/Yekaterinburg", "literacy": 3})
ZERNO = Person(
    "Ксения Зотова",
    "zotova@zerno.example",
    "Кофейни «Зерно»",
    {"address_as": "Ксения", "position": "управляющая сетью", "time_zone": "Europe/Moscow", "literacy": 3},
)
VERSTA = Person(
    "Вадим Лапшин",
    "lapshin@versta.example",
    "«Верста Логистика»",
    {"address_as": "Вадим Олегович", "position": "начальник смены", "time_zone": "Asia/Krasnoyarsk", "literacy": 4},
)
MELNIK = Person(
    "Ольга Мельник", "melnik@melnik-shop.example", "Ателье «Мельник»", {"address_as": "Ольга", "literacy": 2}
)
SHKOLA = Person(
    "Татьяна Пяткина",
    "pyatkina@pyaty-klass.example",
    "Школа «Пятый класс»",
    {"address_as": "Татьяна Ивановна", "position": "завуч", "time_zone": "Europe/Moscow", "literacy": 2},
)
KLIMOV = Person("Сергей Климов", "klimov@sk-stroy.example", "СК «Строй-Континент»", {"literacy": 4})
NORD = Person(
    "Никита Обещаев", "obeshchaev@nord-servis.example", "«Норд-Сервис»", {"position": "инженер", "literacy": 5}
)
LUNA = Person("Марк Лунин", "lunin@luna-hostel.example", "Хостел «Луна»", {"address_as": "Марк", "literacy": 3})
APTEKA = Person("Ирина Сомова", "somova@apteka-48.example", "Аптека № 48", {"position": "заведующая", "literacy": 1})
VELO = Person("Антон Ручкин", "ruchkin@velomir.example", "Прокат «Веломир»", {"literacy": 4})
SADY = Person("Галина Яблокова", "yablokova@sady.example", "Питомник «Сады»", {"literacy": 2})
FITNES = Person("Денис Кравец", "kravets@ritm-fit.example", "Фитнес-клуб «Ритм»", {"literacy": 3})

CLIENTS = (
    VETROVA, LEN, OTTISK, DYOMIN, ZERNO, VERSTA, MELNIK, SHKOLA, KLIMOV, NORD, LUNA, APTEKA, VELO, SADY, FITNES,
)  # fmt: skip

SMALL = tuple(
    Person(name, f"{login}@pochta.example")
    for name, login in (
        ("Алексей Рогов", "rogov"),
        ("Светлана Юдина", "yudina"),
        ("Виктор Панин", "panin"),
        ("Юлия Ершова", "ershova"),
        ("Максим Тарасов", "tarasov"),
        ("Елена Быстрова", "bystrova"),
        ("Руслан Ахметов", "ahmetov"),
        ("Наталья Жукова", "zhukova"),
        ("Игорь Симаков", "simakov"),
        ("Дина Валеева", "valeeva"),
        ("Константин Бурцев", "burtsev"),
        ("Оксана Литвин", "litvin"),
        ("Пётр Зимин", "zimin"),
        ("Жанна Абрамова", "abramova"),
        ("Фёдор Круглов", "kruglov"),
        ("Эльвира Сафина", "safina"),
        ("Геннадий Ломов", "lomov"),
        ("Тамара Веснина", "vesnina"),
        ("Кирилл Одинцов", "odintsov"),
        ("Полина Мартынова", "martynova"),
        ("Михаил Гордеев", "gordeev"),
        ("Людмила Пахомова", "pahomova"),
        ("Аркадий Юрьев", "yuryev"),
        ("Регина Хасанова", "hasanova"),
        ("Олег Дятлов", "dyatlov"),
        ("Валентина Сухарева", "suhareva"),
        ("Станислав Ким", "stas.kim"),
        ("Вероника Чернова", "chernova"),
        ("Леонид Барсуков", "barsukov"),
        ("Ангелина Попова", "a.popova"),
        ("Борис Ефремов", "efremov"),
        ("Карина Аветисян", "avetisyan"),
        ("Всеволод Лаптев", "laptev"),
        ("Мария Дубинина", "dubinina"),
        ("Эдуард Шилов", "shilov"),
        ("Надежда Ракитина", "rakitina"),
        ("Ян Ковальчук", "kovalchuk"),
        ("Лилия Нурова", "nurova"),
        ("Даниил Остапенко", "ostapenko"),
        ("Раиса Тимохина", "timohina"),
    )
)
"""Who has one number and writes in their own name."""
