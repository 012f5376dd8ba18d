"""Fields and roles that several routes share."""

from __future__ import annotations
