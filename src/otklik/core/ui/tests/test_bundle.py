"""What is served is one style sheet, with nothing lost on the way."""

from pathlib import Path

from django.core.files.storage import FileSystemStorage

from otklik.core.ui.storage import Storage


def test_the_style_sheet_imports_nothing_and_keeps_its_layers(collected: Storage) -> None:
    with collected.open(collected.stored_name("ui/app.css")) as file:
        css = file.read().decode()
    assert "@import" not in css
    assert css.index("@layer reset, tokens, base, components, pages, utilities;") < css.index("@layer tokens {")
    for part in (".btn {", ".vowchip {", ".i-vow {", ".sr {", "--plum:"):
        assert part in css
    assert css.count("{") == css.count("}")


def test_scripts_import_each_other_by_their_hashed_names(collected: Storage) -> None:
    with collected.open(collected.stored_name("ui/js/app.js")) as file:
        script = file.read().decode()
    assert Path(collected.stored_name("ui/js/keys.js")).name in script


def test_a_changed_component_reaches_the_bundle_the_next_time(tmp_path: Path) -> None:
    source = FileSystemStorage(location=tmp_path / "source")
    (tmp_path / "source/sub").mkdir(parents=True)
    (tmp_path / "source/a.css").write_text('@import url("sub/b.css") layer(base);\n')
    storage, paths = Storage(location=str(tmp_path / "out"), base_url="/static/"), ("a.css", "sub/b.css")
    for colour in ("sea", "plum"):
        (tmp_path / "source/sub/b.css").write_text(f"a {{ color: var(--{colour}); }}\n")
        for name in paths:
            storage.delete(name)
            with source.open(name) as file:
                storage.save(name, file)
        list(storage.post_process({name: (source, name) for name in paths}))
        with storage.open(storage.stored_name("a.css")) as file:
            assert colour in file.read().decode()
