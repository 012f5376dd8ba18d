"""Apache Kafka's jars and its logging; the node itself is deploy/local/kafka.py."""
