postMessage(EventSource.standIn);
