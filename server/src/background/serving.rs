//! Answering requests until the process is told to stop.

use crate::fault::CommandFault;
use std::net::SocketAddr;

/// Serves until the process is told to stop.
pub(crate) async fn serve(
    listener: tokio::net::TcpListener,
    router: axum::Router,
) -> Result<(), CommandFault> {
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service)
        .with_graceful_shutdown(told_to_stop())
        .await
        .map_err(CommandFault::during("serving"))
}

async fn told_to_stop() {
    let interrupted = tokio::signal::ctrl_c();
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = interrupted => {}
        () = terminated => {}
    }
}
