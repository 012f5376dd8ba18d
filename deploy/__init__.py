"""How the system is put on machines: topics, migrations, the demo's mail catcher and the local launcher."""
