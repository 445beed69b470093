"""What people do to dossiers: each function is one act, one transaction."""
