"""Past one machine, on Ray: the server by Ray Serve, archives by Ray Data. The extra [ray]; imported late."""
