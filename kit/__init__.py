"""What every service stands on: settings, HTTP, Kafka, MongoDB, journal, relay, projector, metrics, telemetry."""
