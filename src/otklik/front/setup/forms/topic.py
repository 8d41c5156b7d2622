"""A topic of requests: its name and its place in the tree."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from otklik.desk.clients.models import Product
from otklik.desk.tickets.models import Topic
from otklik.desk.tickets.models.topic import LEVELS, Tree
from otklik.front.setup.forms.named import Named

SHIFT = "\u2003"


class TopicForm(Named, forms.ModelForm):
    class Meta:
        model = Topic
        fields = ("name", "parent", "product", "is_active")
        labels = {
            "name": _("Name of the topic"),
            "parent": _("Belongs to"),
            "product": _("Product"),
            "is_active": _("In use"),
        }
        help_texts = {
            "parent": _("moving it moves everything below; requests keep their topic"),
            "product": _("a request without a product gets this one together with the topic"),
            "is_active": _("what is not in use is not offered, and stands on the requests that have it"),
        }
        widgets = {"is_active": forms.CheckboxInput(attrs={"role": "switch"})}

    def __init__(self, *arguments: Any, tree: Tree, **details: Any) -> None:
        super().__init__(*arguments, **details)
        self.tree = tree
        own = tree.branch(self.instance.pk) if self.instance.pk else set()
        above = [(level, topic) for level, topic in tree.walk() if topic.pk not in own and level + 1 < LEVELS]
        parent = self.fields["parent"]
        parent.choices = [  # type: ignore[attr-defined]
            ("", _("nothing: it stands at the top")),
            *((topic.pk, SHIFT * level + topic.name) for level, topic in above),
        ]
        self.fields["product"].queryset = Product.objects.offered(self.instance.product_id)  # type: ignore[attr-defined]
        if not self.instance.pk:
            self.fields.pop("is_active")

    def validate_constraints(self) -> None:
        """The place is judged together with the name, in words, before anything is saved."""
        try:
            self.tree.check_place(self.instance)
        except ValidationError as error:
            self.add_error(None, error)

    def save(self, commit: bool = True) -> Topic:
        self.instance.put()
        return self.instance
