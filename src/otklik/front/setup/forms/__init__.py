"""Forms of the settings, shared by the wizard and the screens."""

from otklik.front.setup.forms.brand import BrandForm
from otklik.front.setup.forms.card_field import CardFieldForm, SecrecyForm
from otklik.front.setup.forms.contact import ContactPolicyForm, OpenerForm
from otklik.front.setup.forms.data_panel import DataPanelForm, SampleForm
from otklik.front.setup.forms.desk import DeskForm as DeskForm
from otklik.front.setup.forms.field import FieldForm
from otklik.front.setup.forms.habits import HabitsForm
from otklik.front.setup.forms.hours import CalendarForm, ExceptionForm
from otklik.front.setup.forms.import_ import ImportForm as ImportForm
from otklik.front.setup.forms.import_ import MappingForm as MappingForm
from otklik.front.setup.forms.incident import IncidentPolicyForm
from otklik.front.setup.forms.line import LineForm
from otklik.front.setup.forms.macro import MacroForm
from otklik.front.setup.forms.organisation import OrganisationForm
from otklik.front.setup.forms.person import NewPersonForm, PersonForm
from otklik.front.setup.forms.product import ProductForm
from otklik.front.setup.forms.rule import RuleForm
from otklik.front.setup.forms.service_class import AgreementForm, ClassForm, PromiseForm
from otklik.front.setup.forms.survey import SurveyForm, SurveyQuestionForm
from otklik.front.setup.forms.topic import TopicForm
from otklik.front.setup.forms.webhook import WebhookForm

__all__ = [
    "AgreementForm",
    "BrandForm",
    "CalendarForm",
    "CardFieldForm",
    "ClassForm",
    "ContactPolicyForm",
    "DataPanelForm",
    "ExceptionForm",
    "FieldForm",
    "HabitsForm",
    "IncidentPolicyForm",
    "LineForm",
    "MacroForm",
    "NewPersonForm",
    "OpenerForm",
    "OrganisationForm",
    "PersonForm",
    "ProductForm",
    "PromiseForm",
    "RuleForm",
    "SampleForm",
    "SecrecyForm",
    "SurveyForm",
    "SurveyQuestionForm",
    "TopicForm",
    "WebhookForm",
]
