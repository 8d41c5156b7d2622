"""Is it alive, is it ready, is it safe: `/livez`, `/readyz` and the questions behind `otklik doctor`."""
