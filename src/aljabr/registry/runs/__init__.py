"""Engine runs: a batch over the registry's claims, done by a worker; its proposals decide nothing."""
