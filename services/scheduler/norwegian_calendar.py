"""The Norwegian calendar: Europe/Oslo, and the public holidays."""

from __future__ import annotations

from backbone.working_days import is_holiday
from schemas.local_time import OSLO
from services.scheduler.domain.days import Calendar

NORWAY = Calendar(OSLO, is_holiday)
