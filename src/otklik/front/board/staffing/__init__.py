"""How many people the work ahead needs: calls, chats and letters, hour by hour (METRICS W1 to W8)."""
