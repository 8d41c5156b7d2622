"""What `otklik check` and `otklik test --all` ask of the source, before and beside the tests."""
