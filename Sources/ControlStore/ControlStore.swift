// ControlStore
