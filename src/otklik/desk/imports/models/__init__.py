"""A file that was brought in, what was wrong in it, and the names of others for what we keep."""

from otklik.desk.imports.models.external_id import ExternalId as ExternalId
from otklik.desk.imports.models.import_ import Import as Import
from otklik.desk.imports.models.problem import Problem as Problem
from otklik.desk.imports.models.takeover import Takeover as Takeover
