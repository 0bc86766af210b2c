using Atrium.Laughter.Bench;

return args switch
{
    ["speed", ..] => SpeedBench.Run(args),
    ["train", ..] => await Atrium.Laughter.Training.TrainLite.RunAsync(args),
    ["lite", ..] => await Atrium.Laughter.Training.EvaluateLite.RunAsync(args),
    ["sounds", var folder] => Atrium.Laughter.World.SoundGallery.Write(folder),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Usage: speed");
    return 2;
}
