// Nothing is exported: the class is installed as the global `EventSource`, whose types come with the environment's (lib.dom, @types/node).
export {};
