"""The address of a named file is asked for once; a name that varies is Django's own affair."""

from django.template import Context, Template
from django.templatetags.static import StaticNode

from otklik.core.ui.fixed_files import FixedFile

HEAD = "{% load ui %}"


def test_a_named_file_has_the_address_that_django_gives_it() -> None:
    template = Template(HEAD + '{% static "ui/app.css" %}')
    theirs = StaticNode.handle_simple("ui/app.css")

    assert [template.render(Context()) for _ in range(2)] == [theirs, theirs]
    (node,) = template.nodelist.get_nodes_by_type(FixedFile)
    assert isinstance(node, FixedFile) and node.address == theirs


def test_a_name_that_varies_is_looked_up_each_time() -> None:
    template = Template(HEAD + "{% static name %}{% static 'ui/app.css' as kept %}|{{ kept }}")

    assert not template.nodelist.get_nodes_by_type(FixedFile)
    for name in ("ui/app.css", "ui/icon.svg"):
        named, kept = template.render(Context({"name": name})).split("|")
        assert (named, kept) == (StaticNode.handle_simple(name), StaticNode.handle_simple("ui/app.css"))
