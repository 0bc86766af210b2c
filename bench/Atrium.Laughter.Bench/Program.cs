using Atrium.Laughter.Bench;

return args switch
{
    ["speed", ..] => SpeedBench.Run(args),
    ["train", ..] => await Atrium.Laughter.Training.TrainLite.RunAsync(args),
    ["lite", ..] => await Atrium.Laughter.Training.EvaluateLite.RunAsync(args),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Usage: speed");
    return 2;
}
