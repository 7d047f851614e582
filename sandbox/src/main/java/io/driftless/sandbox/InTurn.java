package io.driftless.sandbox;

import io.driftless.sandbox.Store.Key;
import java.util.List;

/// Several controllers of one type, one after the other.
record InTurn(List<Controller> controllers) implements Controller {
    InTurn {
        controllers = List.copyOf(controllers);
    }

    @Override
    public void reconcile(Stored object) {
        controllers.forEach(one -> one.reconcile(object));
    }

    @Override
    public void leaving(Stored object) {
        controllers.forEach(one -> one.leaving(object));
    }

    @Override
    public void gone(Key key) {
        controllers.forEach(one -> one.gone(key));
    }
}
