"""Real PostgreSQL and real Kafka, one thing at a time."""
