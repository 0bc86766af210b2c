namespace Atrium.Platform.Lifecycle;

/// <summary>Where the process is in its life. Everything that serves asks it first.</summary>
public sealed class Readiness
{
    private volatile State state = State.Starting;

    public enum State
    {
        Starting,
        Ready,
        Draining,
    }

    public State Current => state;

    public bool IsReady => state == State.Ready;

    public void MarkReady()
    {
        if (state == State.Starting)
            state = State.Ready;
    }

    public void MarkDraining() => state = State.Draining;
}
