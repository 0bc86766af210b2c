using Atrium.Laughter.Bench;

return args switch
{
    ["speed", ..] => SpeedBench.Run(args),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Usage: speed");
    return 2;
}
