namespace Atrium.Gateway.Limits;

/// <summary>One call's place among those of its person and of its key, until it is disposed.</summary>
internal sealed class CallTurn(CallCounter? person, CallCounter? program) : IDisposable
{
    private bool isOver;

    public long Tokens { get; set; }

    public void Dispose()
    {
        if (isOver)
            return;
        isOver = true;
        person?.Leave(Tokens);
        program?.Leave(Tokens);
    }
}
