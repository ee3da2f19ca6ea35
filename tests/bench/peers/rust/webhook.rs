//! The webhook of examples/admission_policy on koprs-admission.
use koprs_admission::{
    AdmissionError, AdmissionRequest, ValidationResponse, Validator, WebhookBuilder,
};
use serde_json::Value;

struct ReplicaLimit;

impl Validator<Value> for ReplicaLimit {
    type Error = AdmissionError;

    async fn validate(
        &self,
        request: &AdmissionRequest<Value>,
    ) -> Result<ValidationResponse, AdmissionError> {
        let replicas = request
            .object
            .as_ref()
            .and_then(|object| object.pointer("/spec/replicas"))
            .and_then(Value::as_i64);
        Ok(match replicas {
            Some(11..) => ValidationResponse::deny("spec.replicas must not exceed 10"),
            _ => ValidationResponse::allow(),
        })
    }
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let mut server = WebhookBuilder::new().port(std::env::var("PORT")?.parse()?);
    if let (Ok(cert), Ok(key)) = (std::env::var("CERT"), std::env::var("KEY")) {
        server = server.tls_from_pem(&std::fs::read(cert)?, &std::fs::read(key)?)?;
    }
    server.validate("/validate", ReplicaLimit).run().await?;
    Ok(())
}
