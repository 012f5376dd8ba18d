"""Tests, sorted by what they prove: unit, schemas, architecture, stories, integration, e2e, faults, bench."""
