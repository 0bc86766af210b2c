using Atrium.Platform.Backups;
using Atrium.Platform.Configuration;
using Atrium.Platform.Data;
using Atrium.Platform.Files;
using Atrium.Platform.Lifecycle;
using Atrium.Platform.Modules;
using Atrium.Platform.Security;
using Atrium.Platform.Security.Audit;
using Atrium.Platform.Security.Signing;
using Atrium.Platform.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Atrium.Platform.Http;

/// <summary>The order of everything technical: services, then the pipeline every request goes through.</summary>
public static class PlatformSetup
{
    /// <summary>Bytes; endpoints that take uploads raise it for themselves.</summary>
    public const int MaximumBody = 1024 * 1024;

    // Docker and most supervisors kill after 10 s.
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(8);

    public static void AddPlatform(this WebApplicationBuilder builder, HouseSettings settings, ModuleList modules)
    {
        var services = builder.Services;
        services.AddSingleton(settings).AddSingleton(modules);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<HouseSecrets>().AddSingleton<Readiness>().AddSingleton<RequestSignatures>().AddSingleton<OpenRequests>().AddSingleton<ReadOnlyMode>().AddSingleton<AuditLog>().AddSingleton<Idempotency>().AddSingleton<FileStore>().AddSingleton<LocalCertificates>().AddSingleton<Keyring>().AddSingleton<BackupWriter>().AddSingleton<BackupRestorer>();
        services.AddSingleton<Databases>().AddSingleton<Migrator>();
        services.AddSingleton(provider => provider.GetRequiredService<Databases>().Main);
        services.AddKeyedSingleton(Databases.KeysName, (provider, _) => provider.GetRequiredService<Databases>().Keys);
        services.AddKeyedSingleton(Databases.StreamsName, (provider, _) => provider.GetRequiredService<Databases>().Streams);
        services.TryAddSingleton(provider => new GuardedHttp(provider.GetRequiredService<HouseSettings>()));
        services.AddSingleton<IStartTask, ReadReadOnlyMode>();
        services.AddHostedService<HouseStarter>();
        services.AddHostedService<WatchReadOnlyMode>();
        services.AddHostedService<WatchEndedCallers>();
        services.AddHostedService<ForgetOldAnswers>();
        services.Configure<HostOptions>(options => options.ShutdownTimeout = ShutdownTimeout);
        AddLimits(services, settings);
        AddHttp(services, settings);
        AddLogging(builder.Logging, settings);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MaxRequestBodySize = MaximumBody;
            options.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
            options.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
            options.Listen(settings.Bind, settings.Port, listener =>
            {
                if (settings.ServesHttps)
                    listener.UseHttps(options.ApplicationServices.GetRequiredService<LocalCertificates>().Server());
            });
        });
    }

    public static void UsePlatform(this WebApplication app)
    {
        var services = app.Services;
        var settings = services.GetRequiredService<HouseSettings>();
        app.UseForwardedHeaders();
        app.Use(new SecurityHeaders(settings).InvokeAsync);
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseResponseCompression();
        app.UseWebSockets();
        app.UseWebAppFiles();
        app.UseRouting();
        app.Use(new OriginCheck(settings).InvokeAsync);
        // Before the step that answers for wrong methods: a preflight asks with a method that no endpoint has.
        app.UseCors();
        app.Use(WebAppFiles.ServePageAsync);
        app.Use(RefuseWhileClosedAsync);
        app.UseAuthentication();
        app.Use(services.GetRequiredService<RequestLimits>().InvokeAsync);
        app.UseAuthorization();
        app.Use(services.GetRequiredService<OpenRequests>().InvokeAsync);
        app.Use(services.GetRequiredService<ReadOnlyMode>().InvokeAsync);
        app.Use(services.GetRequiredService<Idempotency>().InvokeAsync);
        app.UseEndpoints(_ => { });
    }

    private static void AddLimits(IServiceCollection services, HouseSettings settings)
    {
        services.AddSingleton(provider => new RequestLimits(settings, provider.GetRequiredService<TimeProvider>(), provider.GetService<SharedWindows>()));
        // SQLite has one server.
        if (settings.DatabaseUrl is null || !settings.RateLimitsOn)
            return;
        services.AddSingleton<SharedWindows>();
        services.AddHostedService<ForgetOldLimits>();
    }

    private static void AddHttp(IServiceCollection services, HouseSettings settings)
    {
        services.ConfigureHttpJsonOptions(options => JsonDefaults.Apply(options.SerializerOptions));
        services.AddProblemDetails(options => options.CustomizeProblemDetails = ProblemShape.Complete);
        services.AddExceptionHandler<ProblemWriter>();
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.AddAuthenticationCore();
        services.AddAuthorization(Policies.Add);
        services.AddResponseCompression(options =>
        {
            options.EnableForHttps = true;
            options.MimeTypes = ["application/json", "application/problem+json", "text/html", "text/plain", "text/markdown"];
        });
        services.AddCors(options => options.AddDefaultPolicy(policy => policy.WithOrigins([.. settings.AllowedOrigins]).WithHeaders("Authorization", "Content-Type", "Idempotency-Key", "Last-Event-ID").WithMethods("GET", "POST", "PUT", "PATCH", "DELETE")));
        services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = settings.TrustedProxies.Count > 0 ? ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto : ForwardedHeaders.None;
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
            foreach (var network in settings.TrustedProxies)
                options.KnownIPNetworks.Add(network);
        });
        services.AddOpenApi("v1", OpenApiShape.Configure);
    }

    private static void AddLogging(ILoggingBuilder logging, HouseSettings settings)
    {
        logging.ClearProviders();
        logging.SetMinimumLevel(Enum.Parse<LogLevel>(settings.LogLevel));
        logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("Npgsql", LogLevel.Warning);
        // The exception handler below logs what matters once, with its endpoint.
        logging.AddFilter("Microsoft.AspNetCore.Diagnostics.ExceptionHandlerMiddleware", LogLevel.None);
        logging.AddConsole(options =>
        {
            options.FormatterName = RedactingJsonFormatter.FormatterName;
            options.LogToStandardErrorThreshold = LogLevel.Trace;
        }).AddConsoleFormatter<RedactingJsonFormatter, Microsoft.Extensions.Logging.Console.ConsoleFormatterOptions>();
    }

    private static Task RefuseWhileClosedAsync(HttpContext context, RequestDelegate next)
    {
        var isAsking = context.Request.Path.StartsWithSegments("/api") || context.Request.Path.StartsWithSegments("/v1") || context.Request.Path.StartsWithSegments("/hubs");
        if (!isAsking || context.Request.Path.StartsWithSegments("/api/health") || context.RequestServices.GetRequiredService<Readiness>().Current != Readiness.State.Starting)
            return next(context);
        context.Response.Headers.RetryAfter = "1";
        return Problems.Of(StatusCodes.Status503ServiceUnavailable, "starting", "The house is opening. Try again in a moment.").ExecuteAsync(context);
    }
}
